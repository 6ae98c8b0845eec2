/** Drafts of cases that aren't recorded yet: each form has its own, and all are found again. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDrafts } from '../../../src/adapters/store/drafts';
import { draftKey, newCaseKind, newCaseTarget, unfinishedIn, withDraftId } from '../../../src/domain/intake/newCase';
import type { FormDraft, KeptDraft } from '../../../src/domain/ports';
import { Keeper } from '../../../src/features/intake/keeper';
import { moveOldDrafts } from '../../../src/features/caseForm/oldDrafts';
import { cleanUp, tempFolder } from '../store/folders';

const at = (minute: string, open: Readonly<Record<string, unknown>>): FormDraft => ({
  savedAt: `2026-11-22T14:${minute}:00+08:00`,
  forms: { open },
});
const kept = (key: string, draft: FormDraft, isHeldElsewhere = false): KeptDraft => ({ key, draft, isHeldElsewhere });

describe('A case that is not recorded yet', () => {
  afterEach(cleanUp);

  it('is told from a recorded one by its name', () => {
    assert.equal(newCaseKind(newCaseTarget('issue', '3f9c2a41')), 'issue');
    assert.equal(newCaseKind('request'), 'request');
    for (const other of ['ISS-20261122-7K3F', '', 'issue/', 'issues/1', 'issue/a/b', 'issue/../x', 'note/1']) {
      assert.equal(newCaseKind(other), undefined, other);
    }
  });

  it('has a draft of its own; those of this casebook are listed, the last one first', () => {
    const found = unfinishedIn('/c', [
      kept(draftKey('/c', 'issue/a'), at('02', { title: 'Report fails' })),
      kept(draftKey('/c', 'request/b'), at('05', { content: ' \nA button\nfor all' }), true),
      kept(draftKey('/c', 'issue/c'), at('04', { customer: 'Acme' })),
      kept(draftKey('/c', 'ISS-20261122-7K3F'), at('09', { title: 'recorded' })),
      kept(draftKey('/other', 'issue/a'), at('09', { title: 'elsewhere' })),
    ]);
    assert.deepEqual(
      found.map(({ target, kind, title, isHeldElsewhere }) => [target, kind, title, isHeldElsewhere]),
      [
        ['request/b', 'request', 'A button', true],
        ['issue/c', 'issue', '', false],
        ['issue/a', 'issue', 'Report fails', false],
      ],
    );
  });

  it('that an older Casebook kept under its kind alone gets its own draft, from two windows at once too', async () => {
    const drafts = openDrafts(join(tempFolder(), 'drafts'));
    await drafts.write('/c|issue', at('02', { title: 'old' }));
    await Promise.all([moveOldDrafts('/c', drafts), moveOldDrafts('/c', drafts)]);
    const list = await drafts.list();
    assert.deepEqual(
      list.map(({ key }) => key),
      [draftKey('/c', withDraftId('issue'))],
    );
    assert.equal(unfinishedIn('/c', list)[0]?.title, 'old');
  });

  it('says when what is being entered could not be kept, until it is', async () => {
    const folder = join(tempFolder(), 'drafts');
    writeFileSync(folder, 'a file where the drafts should be');
    const drafts = openDrafts(folder);
    const failures: unknown[] = [];
    const desk = { nowIso: () => '2026-11-22T14:00:00+08:00' };
    const keeper = new Keeper({ store: { folder: '/c' }, desk, drafts }, 'issue', (error) => failures.push(error));
    keeper.keep({ title: 'Report fails' });
    assert.equal(await keeper.flush(), false);
    assert.equal(failures.length, 1);
    rmSync(folder);
    assert.equal(await keeper.flush(), true);
    assert.equal(unfinishedIn('/c', await drafts.list())[0]?.title, 'Report fails');
  });
});
