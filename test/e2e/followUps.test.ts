import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';

/** A team that reports every month, and whose first working day of this one is today. */
function reportIsDueToday(file: string): void {
  const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
  const dates = [...Array(new Date().getDate()).keys()].map((back) => {
    const day = new Date();
    day.setDate(day.getDate() - back);
    return day.toLocaleDateString('sv-SE');
  });
  const [today = '', ...holidays] = dates;
  const calendar = { week: { monday: ['00:00-24:00'] }, holidays, makeUpDays: [today] };
  writeFileSync(file, JSON.stringify({ ...settings, calendar, report: { remind: 'month' } }));
}

describe('the Follow-ups view in a real window', function () {
  this.timeout(180_000);
  let window: Workbench | undefined;
  afterEach(() => window?.close());

  const open = async () => {
    const folder = join(temporaryFolder('sample'), 'casebook');
    execFileSync(process.execPath, ['dist/test-build/sample/make.js', folder], { stdio: 'pipe' });
    reportIsDueToday(join(folder, 'casebook.json'));
    // another folder is open than the casebook, as on most days
    window = await Workbench.open({
      settings: { 'casebook.folder': folder, 'casebook.reminders': 'on' },
      viewport: { width: 1500, height: 1000 },
    });
    await window.statusItem(/\d+ overdue/).waitFor();
    await window.openCasebook();
    return window;
  };

  it('leads by keyboard to what is overdue, and puts off what can wait, with a reason', async () => {
    const opened = await open();
    const { page, quickPick, inputBox } = opened;
    const form = new CaseForm(opened);

    // the day's digest and the lead that nobody told, each once
    const alarm = opened.notification(/Urgent: R&D lead not notified/).element;
    await alarm.hover();
    await alarm.getByRole('button', { name: /^Clear Notification/ }).click();
    const digest = opened.notification(/Follow-ups overdue: \d+, due today: \d+/);
    await digest.click('Show Follow-ups');
    // the month that is over has no report yet: its page is one press away
    await opened.notification(/ is over: its service report can be made now/).click('Open the Report');
    await opened.webview().locator('[data-section="appendix"]').waitFor();
    await opened.runCommand('View: Close Editor');
    await opened.tab(/^Report /).waitFor({ state: 'detached' });
    const status = opened.statusItem(/\d+ overdue · \d+ today/);
    await status.waitFor();
    assert.match((await status.getAttribute('aria-label')) ?? '', /Casebook follow-ups: \d+ overdue/);
    const overdueBefore = Number(/(\d+) overdue/.exec(await status.innerText())?.[1]);

    const tree = opened.tree('Follow-ups');
    const overdue = await tree.rows();
    assert.deepEqual([overdue[0]?.text, overdue[0]?.level], ['Overdue', 1]);
    assert.equal(overdue[1]?.text, 'Notify the R&D lead');
    assert.match(overdue[1]?.description ?? '', /^\d+ min · /);
    await opened.screenshot('follow-ups');

    // the follow-up that is overdue: its form, by the keyboard
    await tree.list.focus();
    const focused = tree.list.locator('.monaco-list-row.focused');
    const goTo = async (text: RegExp) => {
      for (let step = 0; step < 40 && !text.test(await focused.innerText().catch(() => '')); step += 1) {
        await page.keyboard.press('ArrowDown');
      }
      assert.match(await focused.innerText(), text);
    };
    await page.keyboard.press('Home');
    await goTo(/^Follow up.*Too many open files/s);
    await page.keyboard.press('Enter');
    await form.form('followUp').waitFor();
    const isInForm = () => opened.webview().locator('form[data-action="followUp"] :focus').count();
    await waitFor('the focus in the form', async () => ((await isInForm()) > 0 ? true : undefined));
    await form.fill('followUp', { group: 'MES', content: 'The handles are closed in 5.7.4.' });
    await form.field('followUp', 'content').locator('textarea').focus();
    await page.keyboard.press('ControlOrMeta+Enter');
    await opened.webview().locator('[data-log]', { hasText: '5.7.4' }).waitFor();
    await tree.list.getByRole('treeitem').filter({ hasText: 'Too many open files' }).waitFor({ state: 'detached' });

    // another one is put off until the next Monday
    await opened.runCommand('Casebook: Snooze a Follow-up…');
    await quickPick.row(/^Follow up: /).waitFor();
    await inputBox.cancel();
    await tree.list.focus();
    await page.keyboard.press('Home');
    await goTo(/^Follow up.*Single sign-on/s);
    await page.keyboard.press('Shift+F10');
    const menu = page.locator('.context-view .monaco-menu');
    await menu.getByRole('menuitem', { name: 'Snooze a Follow-up…' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await quickPick.choose('In a week');
    await inputBox.type('The manager is on leave');
    await inputBox.accept();
    await waitFor('one overdue less', async () => {
      const now = Number(/(\d+) overdue/.exec(await status.innerText())?.[1]);
      return now === overdueBefore - 2 || undefined;
    });
    await tree.list.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    // the group of what is overdue is folded, and "Later" may still lie below what the view shows
    await page.keyboard.press('End');
    await tree.expand('Later');
    await tree.list.focus();
    await page.keyboard.press('Home');
    await goTo(/^Follow up.*Single sign-on/s);
    const moved = tree.list.locator('.monaco-list-row.focused');
    assert.match((await moved.getAttribute('aria-label')) ?? '', /^Follow up, in \d+ d · snoozed · /);

    // nothing is told twice, however often the list was read since
    assert.equal(
      await page.locator('.notification-toast', { hasText: /Urgent:|Follow-ups overdue|is over/ }).count(),
      0,
    );
    assert.deepEqual(opened.consoleErrors(), []);
  });
});
