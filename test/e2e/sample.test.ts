import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from './editor';
import { type Theme, Workbench } from './driver';
import { CaseForm } from './form';

/** The casebook that `npm start` opens, made the same way. */
function sampleCasebook(): string {
  const folder = join(temporaryFolder('sample'), 'casebook');
  execFileSync(process.execPath, ['dist/test-build/sample/make.js', folder], { stdio: 'pipe' });
  return folder;
}

describe('the sample casebook in a real window', function () {
  this.timeout(240_000);
  let window: Workbench | undefined;
  let folder: string;
  before(() => {
    folder = sampleCasebook();
  });
  afterEach(() => window?.close());

  const open = async (language: 'en' | 'zh-cn', theme: Theme, width = 1500) => {
    window = await Workbench.open({
      folder,
      settings: { 'casebook.folder': folder },
      language,
      theme,
      viewport: { width, height: 1000 },
    });
    await window.openCasebook();
    return window;
  };

  const stages = {
    en: [
      '1 Intake & assessment',
      '2 Diagnosis & record',
      '3 Hand-over & follow-up',
      '4 Communication & verification',
      '5 Closure & archive',
      'Requests',
      'Closed & archived',
    ],
    'zh-cn': ['1 受理与评估', '2 诊断与记录', '3 流转与跟进', '4 沟通与验证', '5 关闭与归档', '需求', '已关闭与归档'],
  };

  it('shows every stage with its cases, and groups and filters them', async () => {
    const opened = await open('en', 'light');
    const tree = opened.tree('Cases');
    await tree.row(stages.en[0] ?? '').waitFor();
    const groups = async () => (await tree.rows()).filter(({ level }) => level === 1).map(({ text }) => text);
    for (const stage of stages.en.slice(0, 3)) await tree.row(stage).waitFor();

    await tree.titleAction('Group Cases By…');
    await opened.quickPick.choose('Urgency');
    await tree.row('Urgent').waitFor();
    await waitFor('what is urgent on top', async () => (await groups())[0] === 'Urgent' || undefined);

    await tree.titleAction('Filter Cases');
    await opened.quickPick.tick('Urgent');
    await opened.page
      .locator('.part.sidebar')
      .getByText(/^Filter: Urgent/)
      .waitFor();
    await opened.screenshot('tree-urgent');
    await tree.titleAction('Clear the Filter');
    await tree.row('High (watch)').waitFor();

    // nothing passes: the view says so and helps
    await tree.titleAction('Only My Cases');
    const sideBar = opened.page.locator('.part.sidebar');
    await sideBar.getByText(/^Filter: Mine \(0 of/).waitFor();
    await sideBar.getByRole('button', { name: 'Clear the Filter' }).last().click();
    await tree.row('High (watch)').waitFor();
  });

  it('settles a conflict of two copies with one click', async () => {
    const opened = await open('en', 'light');
    await opened.runCommand('Casebook: Open a Case');
    await opened.quickPick.type('conflict');
    await opened.page.keyboard.press('Enter');
    const form = new CaseForm(opened);
    const notice = opened.webview().locator('[data-notice="conflict"]');
    await notice.first().waitFor();
    await opened.screenshot('conflict');
    await notice.first().locator('[data-do="keep"]').click();
    await notice.first().waitFor({ state: 'detached' });
    await form.at('3.1');
  });

  it('a workspace that holds a casebook offers it, and the choice is remembered', async () => {
    window = await Workbench.open({ folder, viewport: { width: 1500, height: 1000 } });
    await window.openCasebook();
    const offer = window.notification('This workspace holds a casebook');
    await offer.element.waitFor();
    await offer.click('Use It');
    await window
      .tree('Cases')
      .row(stages.en[0] ?? '')
      .waitFor();
    await window.runCommand('Casebook: Choose the Casebook');
    await window.quickPick
      .row(/The casebook of this workspace/)
      .getByText('in use')
      .waitFor();
    await window.quickPick.cancel();
    await window.reload();
    await window
      .tree('Cases')
      .row(stages.en[0] ?? '')
      .waitFor();
  });

  for (const [language, theme] of [
    ['en', 'light'],
    ['zh-cn', 'dark'],
    ['zh-cn', 'hc'],
    ['en', 'dark'],
  ] as const) {
    it(`reads well in ${language}, ${theme}`, async () => {
      const opened = await open(language, theme);
      const tree = opened.tree(language === 'en' ? 'Cases' : '案例');
      await tree.row(stages[language][0] ?? '').waitFor();
      await tree.click(/Too many/);
      await new CaseForm(opened).frameReady();
      await opened.screenshot(language === 'en' && theme === 'light' ? 'overview' : `sample-${language}-${theme}`);
      assert.deepEqual(opened.consoleErrors(), []);
    });
  }

  it('folds the side column under the form in a narrow window', async () => {
    const opened = await open('en', 'light', 980);
    await opened.tree('Cases').click(/Too many/);
    await new CaseForm(opened).frameReady();
    await opened.screenshot('narrow');
  });

  it('finds an article by a Chinese symptom, links it with the case in front, and opens it', async () => {
    const opened = await open('en', 'light');
    await opened.tree('Cases').click(/too many connections/i);
    await new CaseForm(opened).frameReady();
    const article = /Excel 打开 CSV：乱码/;
    const search = async () => {
      await opened.runCommand('Casebook: Search Knowledge and Cases');
      await opened.quickPick.type('导出的表格用 Excel 打开全是乱码，编号前面的零没了');
      await opened.quickPick.row(article).waitFor();
    };
    await search();
    await opened.screenshot('search');
    await opened.quickPick.row(article).hover();
    await opened.quickPick
      .row(article)
      .getByRole('button', { name: /^Link with ISS-/ })
      .click();
    await opened.notification('is linked with ISS-').element.waitFor();
    await opened.webview().getByText(article).first().waitFor();
    await search();
    await opened.quickPick.choose(article);
    await opened.tab(/excel-csv-encoding\.md/).waitFor();
  });
});
