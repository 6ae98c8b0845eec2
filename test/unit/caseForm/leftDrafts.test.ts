import assert from 'node:assert/strict';
import type { Value } from '../../../src/domain/sop/field';
import { issueProcedure } from '../../../src/domain/sop/issue';
import { leftDrafts } from '../../../src/features/caseForm/view/leftDrafts';
import { aCase, li } from '../../builders';

const ann = 'Ann <ann@example.com>';

function drafts(forms: Record<string, Record<string, Value>>) {
  return {
    keys: () => Object.keys(forms),
    of: (key: string) => new Map<string, Value | null>(Object.entries(forms[key] ?? {})),
  };
}

const typed = { route: { team: 'Storage' } };

describe('what was typed for a form that is gone', () => {
  it('is nothing while the form can be sent', () => {
    const { state } = aCase('issue', { by: li }).until('3.1');
    assert.deepEqual(leftDrafts(issueProcedure, state, drafts(typed), ann), []);
  });

  it('names the step, the fields, and whether somebody else completed it', () => {
    const { state } = aCase('issue', { by: li }).until('3.2');
    const [theirs] = leftDrafts(issueProcedure, state, drafts(typed), ann);
    assert.equal(theirs?.step, '3.1');
    assert.equal(theirs.why, 'others');
    assert.deepEqual(
      theirs.typed.map(({ field, value }) => [field.key, value]),
      [['team', 'Storage']],
    );
    for (const me of [li, li.replace(/ </, '  <')]) {
      assert.equal(leftDrafts(issueProcedure, state, drafts(typed), me)[0]?.why, 'not now');
    }
  });

  it('leaves out what the case holds by now', () => {
    const { state } = aCase('issue', { by: li }).until('3.2');
    const team = state.values['route']?.['team'] as Value;
    assert.deepEqual(leftDrafts(issueProcedure, state, drafts({ route: { team } }), ann), []);
  });

  it('is not said of a step that is still to come', () => {
    const { state } = aCase('issue', { by: li }).until('3.1');
    assert.equal(leftDrafts(issueProcedure, state, drafts({ archive: { reason: 'x' } }), ann)[0]?.why, 'not now');
  });
});
