import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CasebookApi } from '../../src/api';
import { intake, until, useFreshCasebook, useOwnCasebook } from './casebook';

describe('the casebook on disk', () => {
  let casebook: CasebookApi;
  let folder: string;

  beforeEach(async () => {
    ({ api: casebook, folder } = await useFreshCasebook());
  });
  after(useOwnCasebook);

  const pathOf = (id: string) => join(folder, 'cases', id.slice(4, 8), `${id}.jsonl`);

  it('is made where the setting points, ready for git', () => {
    assert.ok(existsSync(join(folder, 'casebook.json')));
    assert.match(
      readFileSync(join(folder, '.gitattributes'), 'utf8'),
      /cases\/\*\*\/\*\.jsonl merge=union text eol=lf/,
    );
  });

  it('shows what another window or git wrote, without reload', async () => {
    const { id } = await casebook.cases.open('issue', intake);
    const event = {
      id: '01JD0000000000000000000000',
      n: 2,
      at: '2026-11-20T10:00:00+08:00',
      by: 'Chen Hao',
      type: 'note',
      data: { values: { text: 'seen elsewhere' } },
    };
    appendFileSync(pathOf(id), `${JSON.stringify(event)}\n`);
    await until(async () =>
      (await casebook.cases.list()).some((summary) => summary.id === id && summary.updatedAt === event.at),
    );
    assert.deepEqual(
      (await casebook.cases.get(id))?.state.notes.map(({ content }) => content),
      ['seen elsewhere'],
    );
  });

  it('keeps a torn line and goes on', async () => {
    const { id } = await casebook.cases.open('issue', intake);
    appendFileSync(pathOf(id), '{"id":"01JD');
    await until(async () =>
      (await casebook.cases.list()).some((summary) => summary.id === id && summary.quarantined === 1),
    );
    const received = await casebook.cases.act(id, 'receive');
    assert.equal(received.step, '1.2');
    assert.ok(readFileSync(pathOf(id), 'utf8').includes('{"id":"01JD\n'));
  });

  it('lists a foreign file as a problem, not as a case', async () => {
    const { id } = await casebook.cases.open('issue', intake);
    writeFileSync(join(folder, 'cases', id.slice(4, 8), 'notes.txt'), 'mine');
    assert.deepEqual(
      (await casebook.cases.list()).map((summary) => summary.id),
      [id],
    );
  });

  it('survives a folder that goes away and comes back', async () => {
    const { id } = await casebook.cases.open('issue', intake);
    renameSync(folder, `${folder}-gone`);
    await assert.rejects(casebook.cases.act(id, 'note', { text: 'lost?' }), { name: 'StoreError' });
    renameSync(`${folder}-gone`, folder);
    const view = await casebook.cases.act(id, 'note', { text: 'kept' });
    assert.deepEqual(
      view.state.notes.map(({ content }) => content),
      ['kept'],
    );
  });
});
