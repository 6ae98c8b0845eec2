import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../../src/domain/sop/field';
import { aCase, type CaseInHand, li } from '../builders';
import { temporaryFolder, waitFor } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';

describe('the case form', function () {
  this.timeout(180_000);
  const windows: Workbench[] = [];
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close();
  });

  /** A casebook with one issue at that step. */
  function casebookAt(step: string, go: (inHand: CaseInHand) => unknown = () => undefined) {
    const folder = temporaryFolder('casebook');
    const inHand = aCase('issue', { by: li });
    inHand.until(step);
    go(inHand);
    const year = join(folder, 'cases', inHand.id.slice(4, 8));
    mkdirSync(year, { recursive: true });
    writeFileSync(join(folder, 'casebook.json'), '{"version":1}');
    writeFileSync(join(year, `${inHand.id}.jsonl`), inHand.text());
    return { folder, title: textOf(inHand.state.values['receive'], 'title') };
  }

  /** A window of one of the engineers. */
  async function open(folder: string, name: string, viewport = { width: 1400, height: 1000 }) {
    const window = await Workbench.open({
      settings: { 'casebook.folder': folder, 'casebook.engineer': name },
      viewport,
    });
    windows.push(window);
    await window.openCasebook();
    return { window, form: new CaseForm(window) };
  }

  it('shows what was typed for a step that a colleague completed meanwhile', async () => {
    const { folder, title } = casebookAt('3.1');
    const mine = await open(folder, 'Ann');
    await mine.window.tree('Cases').click(title);
    await mine.form.fill('route', { team: 'Storage, second line' });
    const theirs = await open(folder, 'Bob');
    await theirs.window.tree('Cases').click(title);
    await theirs.form.fill('route', { team: 'Platform' });
    await theirs.form.submit('route', '3.2');

    await mine.form.at('3.2');
    const notice = mine.window.webview().locator('[data-notice="left"]');
    await notice.waitFor();
    const said = (await notice.textContent()) ?? '';
    assert.match(said, /“3\.1 Route the ticket” was not sent: somebody else completed that step/);
    assert.match(said, /Storage, second line/);
    await notice.locator('[data-do="discardLeft"]').click();
    await notice.waitFor({ state: 'detached' });
  });

  it('begins with the title: what is typed after the command is the title', async () => {
    const { window, form } = await open(temporaryFolder('casebook'), 'Ann');
    await window.runCommand('Casebook: Record an Issue');
    await waitFor(
      'the title to have the focus',
      async () =>
        (await form.field('receive', 'title').evaluate((field) => field.contains(document.activeElement))) || undefined,
    );
    await window.page.keyboard.type('The index is empty');
    await waitFor('the title', async () =>
      (await form.valueOf('receive', 'title')) === 'The index is empty' ? true : undefined,
    );
  });

  it('keeps its place over another tab: the step that is read, and the correction that is open', async () => {
    const { folder, title } = casebookAt('3.1');
    const { window, form } = await open(folder, 'Ann');
    await window.tree('Cases').click(title);
    await form.frameReady();
    await window.webview().locator('[data-step="1.1"]').click();
    await window.webview().locator('[data-captured="receive"] [data-do="correct"]').click();
    await form.fill('correct', { title: 'Another title' });
    await window.runCommand('Casebook: Record an Issue');
    await form.form('receive').waitFor();
    await window.tree('Cases').click(title);
    await waitFor('the correction', async () =>
      (await form.valueOf('correct', 'title').catch(() => '')) === 'Another title' ? true : undefined,
    );
    await form.fill('correct', { reason: 'The customer said so' });
    await form.press('correct');
    await window.webview().locator('[data-captured="receive"]', { hasText: 'Another title' }).waitFor();
    assert.equal(await window.webview().locator('[data-step="1.1"]').getAttribute('aria-pressed'), 'true');
  });

  it('says what R&D asked where it is to be answered', async () => {
    const question = 'Which index does the report read?';
    const { folder, title } = casebookAt('3.2', (inHand) =>
      inHand.act({ action: 'needInformation', values: { question } }),
    );
    const { window, form } = await open(folder, 'Ann');
    await window.tree('Cases').click(title);
    await form.at('2.1');
    await window.webview().locator('[data-notice="question"]', { hasText: question }).waitFor();
    await window.screenshot('form-question');
  });

  it('shows a withdrawn case as ended: no step is the present one', async () => {
    const { folder, title } = casebookAt('3.1', (inHand) =>
      inHand.act({ action: 'withdraw', values: { reason: 'Reported twice' } }),
    );
    const { window, form } = await open(folder, 'Ann', { width: 900, height: 1000 });
    await window.tree('Cases').expand('Closed & archived');
    await window.tree('Cases').click(title);
    await form.ended();
    const page = window.webview();
    assert.equal(await page.locator('[aria-current="step"], .stage.here').count(), 0);
    assert.equal(await page.locator('[data-status] .codicon-circle-slash').count(), 1);
    assert.equal(await page.getByText('Nothing is left to do').count(), 1);
    await window.screenshot('form-withdrawn');
  });
});
