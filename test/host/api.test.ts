import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CasebookApi } from '../../src/api';
import { intake, useFreshCasebook, useOwnCasebook } from './casebook';

describe('getAPI(1)', () => {
  let casebook: CasebookApi;
  let folder: string;

  before(async () => {
    ({ api: casebook, folder } = await useFreshCasebook());
  });
  after(useOwnCasebook);

  it('opens a case, names what is missing, refuses and accepts', async () => {
    const opened = await casebook.cases.open('issue', { title: 'Only a title' });
    assert.match(opened.id, /^ISS-\d{8}-[0-9A-Z]{4}$/);
    assert.deepEqual([opened.stage, opened.step, opened.round], ['1', '1.1', 1]);

    const actions = await casebook.cases.actions(opened.id);
    const receive = actions.find(({ action }) => action === 'receive');
    assert.ok(receive?.missing.includes('required:description'));

    await assert.rejects(casebook.cases.act(opened.id, 'receive'), (error: Error & { missing: string[] }) => {
      assert.equal(error.name, 'GuardError');
      assert.ok(error.missing.includes('required:customer'));
      return true;
    });
    assert.equal((await casebook.cases.history(opened.id)).length, 1, 'a refused act writes nothing');

    const received = await casebook.cases.act(opened.id, 'receive', intake);
    assert.equal(received.step, '1.2');
    assert.deepEqual(
      (await casebook.cases.history(opened.id)).map(({ type }) => type),
      ['open', 'receive'],
    );
    assert.deepEqual(
      (await casebook.cases.list({ step: '1.2', customer: intake.customer })).map(({ id }) => id),
      [opened.id],
    );
  });

  it('saves half a form, corrects with a reason, and knows no action that is not there', async () => {
    const { id } = await casebook.cases.open('issue', intake);
    await casebook.cases.act(id, 'receive');
    const saved = await casebook.cases.act(id, 'save', { for: 'assess', coreAffected: true, workaround: false });
    assert.equal(saved.urgency, 'urgent');
    const corrected = await casebook.cases.act(id, 'correct', { for: 'receive', version: '3.2.2', reason: 'misheard' });
    assert.equal(corrected.version, '3.2.2');
    await assert.rejects(casebook.cases.act(id, 'teleport'), { name: 'GuardError' });
  });

  it('converts an issue into a request at step 1.2', async () => {
    const { id } = await casebook.cases.open('issue', intake);
    const converted = await casebook.cases.act(id, 'convert', {
      content: 'An export button',
      background: 'Month end',
      value: 'An hour a day',
      goal: 'One click',
      reason: 'It works as designed',
    });
    assert.equal(converted.status, 'converted');
    const request = await casebook.cases.get(converted.state.otherCase);
    assert.deepEqual([request?.kind, request?.step, request?.state.convertedFrom], ['request', '1.2', id]);
  });

  it('drafts, publishes and finds an article, and the case names it', async () => {
    const { id } = await casebook.cases.open('issue', intake);
    const knowledge = join(folder, 'knowledge');
    mkdirSync(knowledge, { recursive: true });
    execFileSync('git', ['init', '-q', folder]);
    execFileSync('git', ['-C', folder, 'config', 'user.name', 'Li Wei']);
    execFileSync('git', ['-C', folder, 'config', 'user.email', 'li.wei@example.com']);

    const draft = await casebook.knowledge.draft(id, 'Databases');
    assert.ok(!draft.text.includes(intake.customer), 'a draft does not name the customer');
    assert.deepEqual(draft.findings, []);
    const files = readdirSync(knowledge);
    const telling = { ...draft, text: `${draft.text}\n${intake.customer} at 10.1.2.3\n` };
    await assert.rejects(casebook.knowledge.publish(telling), (error: Error & { leaks: { kind: string }[] }) => {
      assert.equal(error.name, 'LeakError');
      assert.deepEqual(
        error.leaks.map(({ kind }) => kind),
        ['customer', 'ip'],
      );
      return true;
    });
    assert.deepEqual(readdirSync(knowledge), files, 'a refused draft leaves no file');
    const published = await casebook.knowledge.publish(draft);
    const log = execFileSync('git', ['-C', folder, 'log', '--name-only', '--format=%H %s'], { encoding: 'utf8' });
    assert.ok(log.includes(published.commit) && log.includes(intake.title));
    assert.deepEqual(published.cases, [id]);
    assert.equal((await casebook.cases.get(id))?.state.articles.length, 1);
    assert.deepEqual(
      (await casebook.knowledge.search('shared memory')).map(({ path }) => path),
      [published.path],
    );
  });

  it('makes a report of the quarter, with the cases behind its figures', async () => {
    const { id } = await casebook.cases.open('issue', intake);
    const view = await casebook.cases.get(id);
    const received = new Date(view?.receivedAt ?? '');
    const period = `${received.getFullYear()}-${String(received.getMonth() + 1).padStart(2, '0')}`;
    const report = await casebook.reports.generate(period);
    assert.ok(report.service.received.cases.includes(id));
    assert.equal(report.cases.find((row) => row.id === id)?.customer, view?.customer);
    await assert.rejects(casebook.reports.generate('soon'), { name: 'PeriodError' });
  });

  it('speaks version 1 only', async () => {
    const { extensions } = await import('vscode');
    const exports = extensions.getExtension('casebook.casebook')?.exports as { getAPI(version: number): unknown };
    assert.throws(() => exports.getAPI(2), RangeError);
  });
});
