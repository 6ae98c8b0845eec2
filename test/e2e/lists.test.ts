import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { temporaryFolder } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';

describe('lists of many cases, by keyboard', function () {
  this.timeout(120_000);
  let window: Workbench | undefined;
  afterEach(() => window?.close());

  it('filters by a saved filter, tags and hands over several at once, and finds one case among all', async () => {
    const folder = join(temporaryFolder('lists'), 'casebook');
    execFileSync(process.execPath, ['dist/test-build/sample/make.js', folder], { stdio: 'pipe' });
    window = await Workbench.open({
      folder,
      settings: { 'casebook.folder': folder, 'casebook.engineer': '陈默 <chen.mo@casebook.invalid>' },
      viewport: { width: 1500, height: 1000 },
    });
    await window.openCasebook();
    const { page, quickPick } = window;
    const { keyboard } = page;
    const tree = window.tree('Cases');
    const sideBar = page.locator('.part.sidebar');
    await tree.row('1 Intake & assessment').waitFor();

    await window.runCommand('Casebook: Group Cases By…');
    await quickPick.choose('No groups');
    await window.runCommand('Casebook: Filter Cases');
    await quickPick.row('My open cases').waitFor();
    await window.screenshot('list-filter');
    await keyboard.press('ArrowDown');
    await quickPick.focus('My open cases');
    await keyboard.press('Space');
    await keyboard.press('Enter');
    await sideBar.getByText(/^Filter: My open cases \(\d+ of \d+ cases\)/).waitFor();
    const mine = (await tree.rows()).map(({ text }) => text.replace(/^[^·]* · /, ''));
    assert.ok(mine.length >= 3, mine.join(', '));

    await window.runCommand('Casebook: Focus on Cases View');
    await keyboard.press('Home');
    for (const _ of [1, 2, 3]) await keyboard.press('Shift+ArrowDown');
    await tree.list.locator('.monaco-list-row.selected').nth(2).waitFor();
    await window.runCommand('Casebook: Tag…');
    await quickPick.type('audit, month end');
    await window.screenshot('list-tag');
    await quickPick.accept();
    await window.notification('Tag cases: 3 done.').element.waitFor();

    await window.runCommand('Casebook: Snooze What Is Due…');
    await quickPick.choose('In a week');
    await page.locator('.quick-input-message', { hasText: 'Why is it put off' }).waitFor();
    await quickPick.type('The plant is closed for a week.');
    await quickPick.accept();
    // one of them waits for an appointment, which is agreed with the customer and not put off
    await window.notification(/Snooze: \d done, \d refused\./).shown();

    await window.runCommand('Casebook: Hand Over…');
    await quickPick.type('何静');
    await quickPick.row('何静').waitFor();
    await window.screenshot('list-hand-over');
    await quickPick.accept();
    await page.locator('.quick-input-message', { hasText: 'A note for the new owner' }).waitFor();
    await quickPick.type('On leave until Monday; the customers know.');
    await quickPick.accept();
    await window.notification('Hand over to 何静: 3 done.').element.waitFor();
    await sideBar.getByText(`Filter: My open cases (${mine.length - 3} of`).waitFor();

    await window.runCommand('Casebook: Clear the Filter');
    await window.runCommand('Casebook: Open a Case');
    await quickPick.type('audit month 何静');
    const [, , third = ''] = mine;
    await quickPick.row(third).waitFor();
    await window.screenshot('list-find');
    await quickPick.choose(third);
    const form = new CaseForm(window);
    await form.frameReady();
    const header = window.webview().locator('.head');
    await header.getByText('On leave until Monday').waitFor();
    await header.locator('.tag', { hasText: 'month end' }).waitFor();
    await tree.list.locator('.monaco-list-row.selected', { hasText: third }).waitFor();
    await window.screenshot('list-handed-over');
    assert.deepEqual(window.consoleErrors(), []);
  });
});
