import assert from 'node:assert/strict';
import { firstField, partOf, placeLack } from '../../../src/features/caseForm/view/lack';
import { emptyCase } from '../../../src/domain/case/state';
import { defaultTimings } from '../../../src/domain/casebook';
import { lackOf } from '../../../src/domain/sop/engine';
import { issueProcedure } from '../../../src/domain/sop/issue';
import type { FieldDef, Values } from '../../../src/domain/sop/field';
import { isShown } from '../../../src/domain/sop/field';
import type { ActionDef } from '../../../src/domain/sop/procedure';

const state = emptyCase('ISS-20261122-7K3F', 'issue');
const context = { now: '2026-11-22T10:00:00+08:00', timings: defaultTimings, supportMaySolve: true };

function placed(action: string, values: Values) {
  const definition = issueProcedure.actions[action] as ActionDef;
  const shown: readonly FieldDef[] = definition.fields.filter((field) => isShown(field, values, state));
  return { placed: placeLack(lackOf(definition, state, values, context), shown), shown };
}

describe('what is missing, beside its field', () => {
  it('names each required field and goes to the first one of the form', () => {
    const { placed: lack, shown } = placed('receive', { title: 'It fails', occurrence: 'moment' });
    assert.equal(lack.byField.get('description')?.[0]?.code, 'required:description');
    assert.equal(lack.byField.has('title'), false);
    assert.equal(lack.byField.has('occurredUntil'), false);
    assert.equal(firstField(lack, shown), 'description');
    assert.deepEqual(lack.others, []);
  });

  it('names every item of the environment by itself', () => {
    const { placed: lack } = placed('reproduce', {
      outcome: 'notReproduced',
      reproduced: 0,
      attempts: 3,
      environment: { cpu: { value: '8 cores' }, users: { cannot: 'no access' } },
    });
    const parts = lack.byField.get('environment')?.map(partOf);
    assert.deepEqual(parts, ['memory', 'disk', 'logs', 'operations', 'times']);
  });

  it('keeps what concerns no field on the form', () => {
    const { placed: lack } = placed('plan', { approach: 'x', fixVersion: '3.2.2', fixDate: '2026-12-05' });
    assert.deepEqual(
      lack.others.map((item) => item.code),
      ['follow-up'],
    );
    assert.equal(partOf(lack.others[0] ?? assert.fail()), '');
  });
});
