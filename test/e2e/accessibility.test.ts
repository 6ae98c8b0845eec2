import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CaseEvent } from '../../src/domain/case/event';
import { fold } from '../../src/domain/case/fold';
import type { CaseState } from '../../src/domain/case/state';
import { procedureOf } from '../../src/domain/sop/engine';
import { textOf } from '../../src/domain/sop/field';
import { stepsOf } from '../../src/domain/sop/procedure';
import { temporaryFolder, waitFor } from './editor';
import { AxeCheck } from './axeCheck';
import { Workbench } from './driver';
import { CaseForm } from './form';

describe('a case page for everybody', function () {
  this.timeout(480_000);
  let window: Workbench;
  let form: CaseForm;
  let states: readonly CaseState[];
  let axe: AxeCheck;
  /** Forms that were checked already: the same form looks the same at every step. */
  const opened: string[] = [];

  before(async () => {
    const folder = join(temporaryFolder('sample'), 'casebook');
    execFileSync(process.execPath, ['dist/test-build/sample/make.js', folder], { stdio: 'pipe' });
    const files = readdirSync(join(folder, 'cases'), { recursive: true, encoding: 'utf8' });
    states = files
      .filter((file) => file.endsWith('.jsonl'))
      .map((file) => fold(basename(file, '.jsonl'), eventsIn(join(folder, 'cases', file))));
    window = await Workbench.open({
      folder,
      settings: { 'casebook.folder': folder, 'casebook.engineer': 'Ann' },
      viewport: { width: 1300, height: 1900 },
    });
    await window.openCasebook();
    // every row of the cases is to be on the screen
    for (const view of ['Follow-Ups', 'Knowledge']) {
      await window.page.locator('.part.sidebar .pane-header', { hasText: view }).click();
    }
    form = new CaseForm(window);
    axe = new AxeCheck(window);
  });
  after(() => window.close());

  const openAt = (kind: CaseState['kind'], step: string) => {
    const state = states.find((each) => each.kind === kind && each.status === 'open' && each.step === step);
    assert.ok(state, `${kind} ${step}`);
    return open(state);
  };

  async function open(state: CaseState): Promise<void> {
    const title = textOf(state.values[procedureOf(state.kind).intake], 'title');
    await window.tree('Cases').click(title);
    await window.webview().locator('.caseId', { hasText: state.id }).waitFor();
    await form.frameReady();
  }

  /** Unfolds what is folded, and opens the forms that no page before has shown. */
  async function unfoldEverything(): Promise<void> {
    const shown = await (
      await axe.frame()
    ).evaluate((known) => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      const ways = [...document.querySelectorAll<HTMLElement>('[data-opens]')].map((way) => way.dataset['opens'] ?? '');
      const fresh = ways.filter((action) => !known.includes(action));
      for (const action of fresh) document.querySelector<HTMLElement>(`[data-opens="${action}"]`)?.click();
      return fresh;
    }, opened);
    for (const action of shown) await form.form(action).first().waitFor();
    opened.push(...shown);
  }

  it('has no serious finding at any step, in light, dark and high contrast', async () => {
    await openAt('issue', '1.1');
    await axe.lookAtThemes();
    for (const kind of ['issue', 'request'] as const) {
      await window.runCommand(`Casebook: Record ${kind === 'issue' ? 'an Issue' : 'a Request'}`);
      const intake = procedureOf(kind).intake;
      await form.form(intake).waitFor();
      await form.press(intake);
      await window.webview().locator('.alert').waitFor();
      await axe.check(`new ${kind}`);
      for (const { id } of stepsOf(procedureOf(kind))) {
        await openAt(kind, id);
        await unfoldEverything();
        await axe.check(`${kind} ${id}`);
      }
    }
    const ended = states.find(({ kind, status, round }) => kind === 'issue' && status === 'open' && round > 1);
    assert.ok(ended);
    await open(ended);
    await window.webview().locator('[data-step="1.1"]').click();
    await window.webview().locator('[data-captured="receive"] [data-do="correct"]').click();
    await form.form('correct').waitFor();
    await unfoldEverything();
    await axe.check('an earlier step');
    assert.deepEqual(axe.findings, []);
    assert.deepEqual(window.consoleErrors(), []);
  });

  it('is gone through by keyboard alone: an earlier step read and corrected, a message read, the timeline', async () => {
    const state = states.find((each) => each.kind === 'issue' && each.step === '3.2' && each.messages.length > 1);
    assert.ok(state);
    const { keyboard } = window.page;
    await window.runAndType('Casebook: Open a Case', textOf(state.values['receive'], 'title'));
    await keyboard.press('Enter');
    await window.webview().locator('.caseId', { hasText: state.id }).waitFor();
    await form.frameReady();

    const page = await axe.frame();
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: active } = document;
        const named = active?.closest<HTMLElement>('[data-focus], [data-do], [data-field]');
        return named?.dataset['focus'] ?? named?.dataset['do'] ?? named?.dataset['field'] ?? '';
      });
    const tabTo = (wanted: string) =>
      waitFor(`the focus at ${wanted}`, async () => {
        if ((await focused()) === wanted) return true;
        await keyboard.press('Tab');
        return undefined;
      });

    await page.evaluate(() => globalThis.focus());
    await tabTo('step-1.1');
    await keyboard.press('Enter');
    await window.webview().locator('[data-step="1.1"][aria-pressed="true"]').waitFor();
    assert.equal(await focused(), 'title', 'the step that is read has the focus');
    await tabTo('correct');
    await keyboard.press('Enter');
    await form.form('correct').waitFor();
    assert.equal(await focused(), 'title', 'the first field of the correction');
    await keyboard.press('End');
    await keyboard.type(' (again)');
    await tabTo('reason');
    await keyboard.type('The customer put it more clearly');
    await keyboard.press('ControlOrMeta+Enter');
    await window.webview().locator('[data-captured="receive"]', { hasText: '(again)' }).waitFor();
    assert.equal(await focused(), 'title');

    await tabTo('present');
    await keyboard.press('Enter');
    await form.at('3.2');
    const { event } = state.messages.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? { event: '' };
    await tabTo(`message-${event}`);
    await keyboard.press('Enter');
    await window.webview().locator(`details[data-fold="${event}"][open] .messageText`).waitFor();
    await keyboard.press('End');
    const corrected = window.webview().locator('.timeline [data-event="correct"]');
    await corrected.waitFor();
    assert.match((await corrected.textContent()) ?? '', /Ann corrected: 1\.1 Receive the report/);
    assert.match((await corrected.textContent()) ?? '', /The customer put it more clearly/);
    assert.deepEqual(window.consoleErrors(), []);
  });
});

function eventsIn(path: string): CaseEvent[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CaseEvent);
}
