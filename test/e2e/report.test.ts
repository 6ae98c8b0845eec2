import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeCheck } from './axeCheck';
import { type OpenOptions, Workbench } from './driver';
import { temporaryFolder, waitFor } from './editor';
import { quarterUnderWay } from './quarter';

describe('the service report', function () {
  this.timeout(240_000);
  let folder: string;
  let window: Workbench | undefined;
  before(() => {
    folder = join(temporaryFolder('sample'), 'casebook');
    execFileSync(process.execPath, ['dist/test-build/sample/make.js', folder], { stdio: 'pipe' });
    quarterUnderWay(folder);
    for (const [key, value] of [
      ['user.name', 'Ann'],
      ['user.email', 'ann@example.com'],
    ] as const)
      execFileSync('git', ['config', key, value], { cwd: folder });
  });
  afterEach(() => window?.close());

  const open = async (options: OpenOptions = {}) => {
    window = await Workbench.open({
      folder,
      settings: { 'casebook.folder': folder, 'casebook.engineer': 'Ann' },
      viewport: { width: 1500, height: 1300 },
      ...options,
    });
    await window.openCasebook();
    return window;
  };
  /** What the keyboard is on: what it does, or the class of a figure. */
  const focused = (opened: Workbench) =>
    opened
      .webview()
      .locator('body')
      .evaluate(({ ownerDocument: { activeElement } }) => {
        const { dataset, className = '' } = (activeElement ?? {}) as Partial<HTMLElement>;
        return dataset?.['do'] ?? className;
      });
  const focus = (opened: Workbench, wanted: string) =>
    waitFor(`the keyboard on ${wanted}`, async () => ((await focused(opened)) === wanted ? true : undefined)).catch(
      async () => assert.equal(await focused(opened), wanted, 'where the keyboard is'),
    );
  const files = () => readdirSync(join(folder, 'reports'));
  const quarter = { label: /^Q\d (?:20\d\d$|of fiscal year 20\d\d )/, id: /20\d\d-Q\d/ };

  it('opens from its view, follows a number to its cases, keeps what is written through everything, and is exported', async () => {
    const opened = await open();
    const page = opened.webview();
    const ready = async () => {
      await page.locator('[data-section="appendix"]').waitFor();
      await page.locator('.report[aria-busy="false"]').waitFor();
    };
    await opened.page.locator('.part.sidebar .pane-header', { hasText: 'Reports' }).click();
    const reports = opened.tree('Reports');
    await reports.row(quarter.label).waitFor();
    const rows = await reports.rows();
    assert.match(rows[0]?.description ?? '', /running, provisional/);
    await reports.click(quarter.label);
    await ready();
    await page.locator('[data-state="provisional"]').waitFor();
    // the figures are drawn, and told in words to those who do not see them
    assert.match((await page.locator('[data-chart]').first().getAttribute('aria-label')) ?? '', /\d/);
    await page.locator('[data-chart] canvas').first().waitFor();

    const axe = new AxeCheck(opened);
    const names = { light: 'report-light', dark: 'report-dark', hc: 'report-high-contrast' };
    await axe.lookAtThemes(async (theme) => {
      await opened.screenshot(names[theme]);
    });
    await (
      await axe.frame()
    ).evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    await axe.check('report');
    assert.deepEqual(axe.findings, []);

    // a number leads to its cases
    const received = page.locator('[data-headline="received"] .figure');
    const count = (await received.textContent()) ?? '';
    await received.click();
    await opened.quickPick.labels();
    await opened.quickPick.cancel();
    await focus(opened, 'figure');
    await received.press('Enter');
    const first = (await opened.quickPick.labels())[0] ?? '';
    assert.match(await opened.quickPick.title(), new RegExp(`^Received · Cases: ${count}$`));
    await opened.quickPick.choose(first);
    // the head of the case's page; the report behind it names cases as well
    await page.locator('.facts > .caseId').waitFor();
    await opened.tab(/^Report Q/).click();
    await ready();

    // the outlook is the engineer's
    const words = 'Visit the customers of the new warehouse release';
    const plan = page.locator('[data-draft="plan"]');
    const fields = plan.locator('textarea');
    await plan.locator('[data-do="addLine"]').click();
    await waitFor('the field of the new line', async () =>
      (await fields.last().evaluate((field) => field === document.activeElement)) ? true : undefined,
    );
    await opened.page.keyboard.type(words);
    await page.locator('[data-part="plan"] .kept', { hasText: 'Kept' }).waitFor();
    const isKept = () =>
      fields.evaluateAll((all, text) => all.some((each) => (each as HTMLTextAreaElement).value === text), words);
    // a draft that was taken out comes back, and the page stays where it is
    await plan.locator('[data-line^="training:"] [data-do="removeLine"]').first().click();
    const back = plan.getByText(/^Bring back the drafts/);
    await back.scrollIntoViewIfNeeded();
    const place = () => page.locator('body').evaluate(({ ownerDocument }) => ownerDocument.defaultView?.scrollY ?? 0);
    const before = await place();
    assert.ok(before > 0);
    await back.click();
    await back.waitFor({ state: 'detached' });
    await focus(opened, 'addLine');
    assert.ok(Math.abs((await place()) - before) < 200);

    await page.locator('[data-do="regenerate"]').click();
    await page.locator('.report[aria-busy="true"]').or(page.locator('.report[aria-busy="false"]')).waitFor();
    await ready();
    assert.ok(await isKept());
    await page.getByRole('button', { name: '中文' }).click();
    await page.locator('.report[lang="zh-CN"] h1', { hasText: '售后服务报告' }).waitFor();
    assert.ok(await isKept());
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('.report[lang="en"]').waitFor();

    await page.locator('[data-do="export"]').click();
    await opened.quickPick.labels();
    await opened.quickPick.accept();
    await opened.notification(/Written to the casebook: .*\.html/).shown();
    const written = files().find((name) => name.endsWith('.html')) ?? '';
    assert.match(written, quarter.id);
    assert.ok(readFileSync(join(folder, 'reports', written), 'utf8').includes(words));
    await waitFor('the file in the view', async () =>
      (await reports.rows()).some(({ description }) => /written/.test(description)) ? true : undefined,
    );
    // one customer's report has files and texts of its own, and takes the place of no other
    await page.locator('[data-do="filter"]').click();
    const [customer = ''] = await opened.quickPick.labels();
    await opened.quickPick.tick(customer);
    await page.locator('.reportTitle', { hasText: `Customer: ${customer}` }).waitFor();
    await ready();
    assert.ok(!(await isKept()));
    await page.locator('[data-do="freeze"][disabled][title*="all customers"]').waitFor();
    await page.locator('[data-do="export"]').click();
    await opened.quickPick.tick(/^Markdown$/, /^CSV tables$/, /^Excel workbook$/);
    await opened.notification(/Written to the casebook: .*customer-.*\.xlsx/).shown();
    const ends = files().flatMap((name) => /customer-.*(\.(?!json)\w+)$/.exec(name)?.[1] ?? []);
    assert.deepEqual(ends.toSorted(), ['.csv', '.html', '.md', '.xlsx']);
    const pictures = files().find((name) => /customer-[^.]*$/.test(name)) ?? '';
    assert.ok(readdirSync(join(folder, 'reports', pictures)).includes('weeks.svg'));
    await opened.reload();
    await page.locator('.reportTitle', { hasText: customer }).waitFor();
    await page.locator('[data-do="unfilter"]').click();
    await page.locator('.reportTitle', { hasText: customer }).waitFor({ state: 'detached' });
    await ready();
    assert.ok(await isKept());

    await page.locator('[data-do="commit"]').click();
    await opened.notification(/The report is committed \([0-9a-f]{8}\)/).shown();
    const committed = execFileSync('git', ['show', '--name-only', '--format=%s'], { cwd: folder, encoding: 'utf8' });
    assert.match(committed, /^Service report 20\d\d-Q\d \(Q\d .*20\d\d.*, as of .*\)\n/);
    assert.match(committed, /reports\/20\d\d-Q\d\.md/);
    assert.doesNotMatch(committed, /customer-|cases\//);
    assert.deepEqual(opened.consoleErrors(), []);
  });

  it('reads in Chinese throughout; the last quarter is frozen, and stays as it is', async () => {
    const opened = await open({ language: 'zh-cn' });
    const page = opened.webview();
    await opened.runCommand('案例簿: 打开服务报告…');
    await opened.quickPick.choose(/^20\d\d (?:年第 \d 季度$|财年第 \d 季度)/);
    await page.locator('[data-section="appendix"]').waitFor();
    await page.locator('[data-chart] canvas').first().waitFor();
    const words = (await page.locator('.toolbar').textContent()) ?? '';
    assert.match(words, /重新生成.*导出….*提交.*定稿…/);
    // away from what would speak up under the mouse
    await opened.page.mouse.move(600, 12);
    await opened.page.locator('.monaco-hover').last().waitFor({ state: 'hidden' });
    await opened.screenshot('report-zh');

    await page.locator('[data-do="previous"]').click();
    await page.locator('[data-state="over"]', { hasText: '周期已结束' }).waitFor();
    await page.locator('[data-section="outlook"]').waitFor();
    await page.locator('[data-do="freeze"]').click();
    await opened.dialog(/的报告定稿？/).click('定稿');
    await page.locator('[data-state="frozen"]').waitFor();
    await page.locator('[data-do="addLine"][disabled]').first().waitFor();
    await page.locator('[data-do="regenerate"][disabled]').waitFor();
    assert.ok(files().some((name) => name.endsWith('.frozen.json')));
    await focus(opened, 'unfreeze');
    await opened.page.keyboard.press('Enter');
    await opened.dialog(/报告的定稿？/).element.waitFor();
    await opened.page.keyboard.press('Escape');
    await focus(opened, 'unfreeze');
    await opened.page.keyboard.press('Enter');
    await opened.dialog(/报告的定稿？/).click('取消定稿');
    await page.locator('[data-state="over"]').waitFor();
    await page.locator('[data-do="addLine"]:not([disabled])').first().waitFor();
    await focus(opened, 'freeze');
    assert.ok(!files().some((name) => name.endsWith('.frozen.json')));
    assert.deepEqual(opened.consoleErrors(), []);
  });
});
