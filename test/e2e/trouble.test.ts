import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../../src/domain/sop/field';
import { aCase, li } from '../builders';
import { temporaryFolder } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';

describe('when something is wrong', function () {
  this.timeout(180_000);
  let window: Workbench | undefined;
  afterEach(() => window?.close());

  /** A casebook with one case at that step. */
  function casebookAt(step: string) {
    const folder = temporaryFolder('casebook');
    const inHand = aCase('issue', { by: li });
    inHand.until(step);
    const year = join(folder, 'cases', inHand.id.slice(4, 8));
    mkdirSync(year, { recursive: true });
    writeFileSync(join(folder, 'casebook.json'), '{"version":1}');
    const log = join(year, `${inHand.id}.jsonl`);
    writeFileSync(log, inHand.text());
    return { folder, year, log, inHand, title: textOf(inHand.state.values['receive'], 'title') };
  }

  /** The editor asks the login shell for its environment; this one has nothing on its PATH. */
  function windowWithoutPrograms(): string {
    const dataDir = temporaryFolder('window');
    mkdirSync(join(dataDir, 'home'));
    for (const name of ['.profile', '.bash_profile', '.bashrc']) {
      writeFileSync(join(dataDir, 'home', name), `export PATH=${temporaryFolder('no-programs')}\n`);
    }
    return dataDir;
  }

  async function open(folder: string, more: Parameters<typeof Workbench.open>[0] = {}) {
    window = await Workbench.open({
      ...more,
      settings: { 'casebook.folder': folder, ...more.settings },
      viewport: { width: 1400, height: 1000 },
    });
    await window.openCasebook();
    return window;
  }

  it('a torn last line, a foreign file, an event of a newer Casebook: said, kept, and the case goes on', async () => {
    const { folder, year, log, inHand, title } = casebookAt('3.1');
    writeFileSync(join(year, 'notes.txt'), 'mine');
    const newer = {
      id: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
      n: 99,
      at: '2099-01-01T00:00:00Z',
      by: li,
      type: 'teleport',
      data: {},
    };
    appendFileSync(log, `${JSON.stringify(newer)}\n{"id":"01JD`);
    const before = readFileSync(log, 'utf8');

    const opened = await open(folder);
    await opened.tree('Cases').row('Not a case; left alone').waitFor();
    await opened.tree('Cases').click(title);
    const form = new CaseForm(opened);
    const notice = opened.webview().locator('[data-notice="unread"]');
    await notice.waitFor();
    const said = (await notice.textContent()) ?? '';
    assert.match(said, /newer Casebook/);
    assert.match(said, /could not be read/);
    await opened.screenshot('trouble-lines');

    await form.fill('route', { team: 'Platform' });
    await form.submit('route', '3.2');
    const after = readFileSync(log, 'utf8');
    assert.ok(after.startsWith(`${before}\n`), 'what was there is there, byte for byte');
    assert.equal(
      after
        .slice(before.length + 1)
        .trim()
        .split('\n').length,
      1,
    );
    assert.equal(readFileSync(join(year, 'notes.txt'), 'utf8'), 'mine');
    assert.ok(inHand.events.length > 0);
  });

  it('a folder that vanishes: a node says so, the form keeps what was typed, and it goes on when the folder is back', async () => {
    const { folder, title } = casebookAt('3.1');
    const opened = await open(folder);
    await opened.tree('Cases').click(title);
    const form = new CaseForm(opened);
    await form.fill('route', { team: 'Platform' });
    renameSync(folder, `${folder}-away`);
    await form.press('route');
    const failure = opened.webview().locator('[data-notice="failed"]');
    await failure.waitFor();
    assert.match((await failure.textContent()) ?? '', /not there any more.*kept as a draft/);
    await opened.tree('Cases').row('The casebook folder is missing. Click to look again.').waitFor();
    assert.equal(await form.valueOf('route', 'team'), 'Platform');

    renameSync(`${folder}-away`, folder);
    await opened.tree('Cases').click('The casebook folder is missing. Click to look again.');
    await form.submit('route', '3.2');
  });

  it('git is not installed: the article stays a file, and a sentence says what to do', async () => {
    const { folder, inHand, title } = casebookAt('5.2');
    const opened = await open(folder, { dataDir: windowWithoutPrograms() });
    await opened.tree('Cases').click(title);
    await opened.webview().locator('[data-do="writeArticle"]').click();
    await opened.quickPick.choose('Databases');
    await opened.tab(/\.md/).waitFor();
    await opened.page.locator('.editor-actions').getByRole('button', { name: 'Publish the Article' }).click();
    await opened.notification('Git was not found on this machine').element.waitFor();
    await opened.screenshot('trouble-git');
    await opened.tree('Knowledge').row(title).waitFor();
    assert.equal(inHand.state.step, '5.2');
  });

  it('Restricted Mode: cases are read, nothing is written, nothing can be recorded', async () => {
    const { folder, log, title } = casebookAt('3.1');
    const before = readFileSync(log, 'utf8');
    const opened = await open(folder, { trusted: false });
    await opened.tree('Cases').click(title);
    await opened.webview().locator('[data-notice="readOnly"]').waitFor();
    await opened.screenshot('trouble-restricted');
    assert.equal(await opened.webview().locator('form').count(), 0);
    await opened.page.keyboard.press('F1');
    await opened.quickPick.type('>Casebook: ');
    const commands = await opened.quickPick.labels();
    assert.ok(commands.some((label) => label.includes('Filter Cases')));
    assert.ok(!commands.some((label) => label.includes('Record an Issue')), commands.join());
    assert.equal(readFileSync(log, 'utf8'), before);
    await opened.quickPick.cancel();
    await opened.webview().locator('[data-do="manageTrust"]').click();
    await opened.page.getByText('You are in Restricted Mode').waitFor();
  });

  it('another window writes the same case: both show it', async () => {
    const { folder, title } = casebookAt('3.1');
    const opened = await open(folder);
    await opened.tree('Cases').click(title);
    const other = await Workbench.open({
      settings: { 'casebook.folder': folder },
      viewport: { width: 1400, height: 1000 },
    });
    try {
      await other.openCasebook();
      await other.tree('Cases').click(title);
      const form = new CaseForm(other);
      await form.fill('route', { team: 'Platform' });
      await form.submit('route', '3.2');
      await new CaseForm(opened).at('3.2');
    } finally {
      await other.close();
    }
  });
});
