import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';

/** Presses keys as a person does, and counts them. */
class Keys {
  pressed = 0;
  constructor(private readonly window: Workbench) {}

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.window.page.keyboard.press(key);
      this.pressed += 1;
    }
  }

  /** Each character is a key; of Chinese an input method makes more, which every other way needs as well. */
  async type(text: string): Promise<void> {
    await this.window.page.keyboard.type(text);
    this.pressed += text.length;
  }

  /** Waits for a step of the quick intake by what its box asks, then takes what is offered. */
  async accept(asks: string): Promise<void> {
    await this.at(asks);
    await this.press('Enter');
  }

  async enter(asks: string, text: string): Promise<void> {
    await this.at(asks);
    await this.type(text);
    const box = this.window.quickPick.input;
    // the editor may give the keyboard back to the page behind the box, late, as it does after the command palette
    if ((await box.inputValue()) !== text) await box.fill(text);
    await this.window.quickPick.widget.locator('.monaco-list-row.focused', { hasText: text }).waitFor();
    await this.press('Enter');
  }

  async at(asks: string): Promise<void> {
    const box = this.window.quickPick.widget.locator(`input[placeholder^="${asks}"]`);
    await box.waitFor();
    await waitFor('the keyboard in the box', async () => {
      if (await box.evaluate((input) => input === document.activeElement)) return true;
      await box.focus();
      return undefined;
    });
  }
}

describe('recording in seconds', function () {
  this.timeout(180_000);
  let window: Workbench;
  let folder: string;
  before(async () => {
    folder = join(temporaryFolder('sample'), 'casebook');
    execFileSync(process.execPath, ['dist/test-build/sample/make.js', folder], { stdio: 'pipe' });
    window = await Workbench.open({
      folder,
      settings: { 'casebook.folder': folder },
      viewport: { width: 1400, height: 1000 },
    });
    await window.openCasebook();
    await window.tree('Cases').row('1 Intake & assessment').waitFor();
  });
  after(() => window.close());

  /** What the log of the case with this title says it was opened with. */
  const openedWith = (title: string) =>
    waitFor(`a case "${title}"`, () => {
      const cases = join(folder, 'cases');
      const files = existsSync(cases) ? readdirSync(cases, { recursive: true, encoding: 'utf8' }) : [];
      for (const name of files.filter((each) => each.endsWith('.jsonl'))) {
        const text = readFileSync(join(cases, name), 'utf8');
        if (!text.includes(JSON.stringify(title))) continue;
        const events = text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Opened);
        const opened = events.find((event) => event.type === 'open');
        if (opened?.data.values?.['title'] === title) return opened.data.values;
      }
      return undefined;
    });

  it('a known customer: the line and nine keys; what reads alike is shown meanwhile', async () => {
    const keys = new Keys(window);
    const title = '导出的 CSV 用 Excel 打开是乱码';
    await keys.press('ControlOrMeta+k', 'q');
    await keys.at('What was reported?');
    await keys.type(title);
    await window.quickPick.row('导出的 CSV 用 Excel 打开全是乱码').waitFor();
    await window.quickPick.row(/excel|CSV/i).waitFor();
    await window.page.mouse.move(900, 700);
    await window.screenshot('quick-intake');
    await keys.type(' @南海');
    await window.quickPick.row(title).getByText('南海食品').waitFor();
    await keys.press('Enter');
    for (const step of ['Product', 'Version', 'Problem type', 'Channel', 'Contact']) await keys.accept(step);
    await keys.accept(title);
    const opened = await openedWith(title);
    assert.deepEqual(
      ['customer', 'product', 'version', 'problemType', 'channel', 'contact'].map((key) => opened[key]),
      ['南海食品', 'ERP', '8.3.1', '兼容性 Compatibility', '钉钉 DingTalk', '黄经理（IT）'],
    );
    const form = new CaseForm(window);
    await form.at('1.1');
    assert.equal(await form.valueOf('receive', 'version'), '8.3.1');
    await window.webview().locator('[data-field="description"] textarea:focus').waitFor();
    const beside = keys.pressed - title.length;
    // the figures of the README's table
    assert.deepEqual([keys.pressed, beside], [title.length + 13, 13]);
  });

  it('everything new: created in place, and known from then on', async () => {
    const keys = new Keys(window);
    const title = 'Scanner app loses its login';
    await window.runCommand('Casebook: Quick Intake of an Issue');
    await keys.enter('What was reported?', title);
    await keys.enter('Customer', 'Greenfield Farms');
    await keys.enter('Product', 'Scanner');
    await keys.enter('Version', '1.0.4');
    await keys.accept('Problem type');
    await keys.accept('Channel');
    await keys.enter('Contact', 'Ana');
    await keys.accept(title);
    const opened = await openedWith(title);
    assert.deepEqual(
      ['customer', 'product', 'version', 'contact'].map((key) => opened[key]),
      ['Greenfield Farms', 'Scanner', '1.0.4', 'Ana'],
    );
    const typed = [title, 'Greenfield Farms', 'Scanner', '1.0.4', 'Ana'].join('');
    assert.equal(keys.pressed - typed.length, 8);
    await new CaseForm(window).at('1.1');
    await window.webview().locator('[data-field="description"] textarea:focus').waitFor();
    const settings = JSON.parse(readFileSync(join(folder, 'casebook.json'), 'utf8')) as {
      customers: { name: string }[];
    };
    assert.ok(settings.customers.some(({ name }) => name === 'Greenfield Farms'));
  });

  it('Esc keeps what was typed; the next quick intake offers it', async () => {
    const keys = new Keys(window);
    await window.runCommand('Casebook: Quick Intake of an Issue');
    await keys.enter('What was reported?', 'Half an intake');
    await keys.at('Customer');
    await keys.press('Escape');
    await window.statusItem('What you typed is kept').waitFor();
    await window.runCommand('Casebook: Quick Intake of an Issue');
    await keys.at('What was reported?');
    await window.quickPick.choose('Unfinished: “Half an intake”');
    const form = new CaseForm(window);
    await form.form('receive').waitFor();
    const holds = (title: string) =>
      waitFor(`the title "${title}"`, async () =>
        (await form.valueOf('receive', 'title')) === title ? true : undefined,
      );
    await holds('Half an intake');

    // a second one beside it does not touch its draft
    await window.runCommand('Casebook: Record an Issue');
    await window.quickPick.choose('New issue');
    await holds('');
    await form.fill('receive', { title: 'Another one' });
    const drafts = join(window.dataDir, 'data', 'User', 'globalStorage', 'casebook.casebook', 'drafts');
    const keptWith = (title: string) =>
      readdirSync(drafts)
        .filter((name) => name.endsWith('.json'))
        .filter((name) => readFileSync(join(drafts, name), 'utf8').includes(title)).length;
    await waitFor('its draft', () => keptWith('Another one') || undefined);
    assert.deepEqual([keptWith('Half an intake'), keptWith('Another one')], [1, 1]);
    await window.runCommand('View: Close Editor');
    await holds('Half an intake');
  });

  it('a chat on the clipboard fills the form; a case that it is about takes it as a note', async () => {
    const chat = [
      '何主管@微信 2026/11/20 09:05:12',
      '你好，导出的 CSV 用 Excel 打开全是乱码',
      '何主管@微信 2026/11/20 09:08:02',
      'ERP 8.3.1，南海食品，昨天 15:30 到 16:10 都这样',
    ].join('\n');
    await window.page.evaluate((text) => navigator.clipboard.writeText(text), chat);
    const frame = window.webview();
    const form = new CaseForm(window);
    await form.field('receive', 'title').locator('input').focus();
    await window.page.keyboard.press('Shift+Tab');
    await frame.locator('[data-do="pasteReport"]:focus').waitFor();
    await window.page.keyboard.press('Enter');
    // the title is typed already: it is offered, not ticked
    await frame.locator('[data-offer="title"]:focus').waitFor();
    await window.page.keyboard.press('Space');
    await window.page.keyboard.press('Enter');
    await frame.locator('.pasteOffers').waitFor({ state: 'detached' });
    const expected = {
      title: '导出的 CSV 用 Excel 打开全是乱码',
      customer: '南海食品',
      contact: '何主管（仓储）',
      product: 'ERP',
      version: '8.3.1',
      channel: '企业微信 WeCom',
      occurredAt: '2026-11-19T15:30',
      occurredUntil: '2026-11-19T16:10',
    };
    for (const [key, value] of Object.entries(expected)) assert.equal(await form.valueOf('receive', key), value, key);

    const same = frame.locator('[data-similar]', { hasText: '导出的 CSV 用 Excel 打开全是乱码' }).first();
    await same.waitFor();
    await window.screenshot('similar');
    await same.locator('[data-do="join"]').focus();
    await window.page.keyboard.press('Enter');
    await form.form('note').waitFor();
    const note = await form.valueOf('note', 'text');
    assert.ok(note.startsWith(expected.title) && note.includes('昨天 15:30 到 16:10'), note);
    await window.tab('New issue').waitFor({ state: 'detached' });
    assert.deepEqual(window.consoleErrors(), []);
  });
});

interface Opened {
  readonly type: string;
  readonly data: { readonly values?: Readonly<Record<string, unknown>> };
}
