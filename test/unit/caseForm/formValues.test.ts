import assert from 'node:assert/strict';
import { emptyCase } from '../../../src/domain/case/state';
import type { Value } from '../../../src/domain/sop/field';
import { issueProcedure } from '../../../src/domain/sop/issue';
import type { ActionDef } from '../../../src/domain/sop/procedure';
import { actionSpec, isUsedUp, openingSpec } from '../../../src/features/caseForm/view/formSpec';
import {
  allValues,
  editsFrom,
  halfDone,
  submitted,
  type Surroundings,
} from '../../../src/features/caseForm/view/formValues';

const action = (name: string) => issueProcedure.actions[name] as ActionDef;

function around(values: Readonly<Record<string, Readonly<Record<string, Value>>>> = {}): Surroundings {
  return {
    state: { ...emptyCase('ISS-20261122-7K3F', 'issue'), values },
    now: '2026-11-22T10:00:00+08:00',
    me: 'Li Wei <li.wei@example.com>',
    textLanguage: 'en',
    prepare: (name, field) => (field === 'text' && name === 'informCustomer' ? 'Dear customer' : undefined),
  };
}

const edits = (entries: Record<string, Value | null>) => new Map(Object.entries(entries));

describe('what a form holds', () => {
  it('says nothing of when an upgrade was done before its appointment began', () => {
    const doneAt = (start: string) => {
      const appointment = { at: start, by: 'Li Wei', values: { start } };
      const here = around();
      const state = { ...here.state, verification: { appointment } };
      return allValues(actionSpec(action('upgrade')), new Map(), { ...here, state })['upgradedAt'];
    };
    assert.equal(doneAt('2026-11-22T20:00:00+08:00'), undefined);
    assert.equal(doneAt('2026-11-22T09:00:00+08:00'), '2026-11-22T10:00:00+08:00');
  });

  it('starts with what the case keeps, else with its starting values and the prepared text', () => {
    const values = allValues(
      actionSpec(action('informCustomer')),
      new Map(),
      around({ informCustomer: { channel: 'Mail' } }),
    );
    assert.deepEqual(values, {
      text: 'Dear customer',
      channel: 'Mail',
      sentAt: '2026-11-22T10:00:00+08:00',
      sender: 'Li Wei <li.wei@example.com>',
    });
  });

  it('leaves an edited text alone, even when it was emptied', () => {
    const spec = actionSpec(action('informCustomer'));
    assert.equal(allValues(spec, edits({ text: 'Mine' }), around())['text'], 'Mine');
    assert.equal('text' in allValues(spec, edits({ text: null }), around()), false);
  });

  it('sends only shown fields, and null for what was kept and is gone', () => {
    const spec = actionSpec(action('assess'));
    const kept = around({ assess: { workaround: true, workaroundText: 'Restart', overrideReason: 'old' } });
    assert.deepEqual(submitted(spec, edits({ workaroundText: null, coreAffected: false }), kept), {
      coreAffected: false,
      workaround: true,
      workaroundText: null,
    });
  });

  it('drops empty rows', () => {
    const sent = submitted(actionSpec(action('reproduce')), edits({ steps: ['a', ' ', 'b'] }), around());
    assert.deepEqual(sent['steps'], ['a', 'b']);
  });

  it('keeps no prepared text and no untouched "now" of a half-done form', () => {
    const sent = halfDone(actionSpec(action('informCustomer')), edits({ channel: 'Mail' }), around());
    assert.deepEqual(sent, { channel: 'Mail', sender: 'Li Wei <li.wei@example.com>' });
  });

  it('keeps when a new case was received', () => {
    const sent = halfDone(openingSpec(action('receive')), edits({ title: 'It fails' }), around());
    assert.equal(sent['receivedAt'], '2026-11-22T10:00:00+08:00');
  });
});

describe('drafts', () => {
  it('take only what has a field’s shape', () => {
    const restored = editsFrom(action('reproduce').fields, {
      steps: ['a', ''],
      attempts: 'many',
      evil: {},
      expected: null,
    });
    assert.deepEqual(
      [...restored],
      [
        ['steps', ['a', '']],
        ['expected', null],
      ],
    );
  });

  it('are used up by the act that wrote them, and by no other', () => {
    assert.equal(isUsedUp('plan', 'plan', ''), true);
    assert.equal(isUsedUp('plan', 'save', 'plan'), true);
    assert.equal(isUsedUp('plan', 'excuse', 'plan'), false);
    assert.equal(isUsedUp('excuse/plan/follow-up', 'excuse', 'plan'), true);
    assert.equal(isUsedUp('correct/receive', 'correct', 'receive'), true);
    assert.equal(isUsedUp('reproduce', 'tryAgain', ''), true);
    assert.equal(isUsedUp('note', 'plan', ''), false);
  });
});
