/** The words of both procedures: the steps' names are the document's, and everything is said in both languages. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { CaseKind } from '../../../src/domain/case/state';
import { procedureOf } from '../../../src/domain/sop/engine';
import { allEnvironmentItems, environmentItems, type FieldDef } from '../../../src/domain/sop/field';
import { generalActions } from '../../../src/domain/sop/general';
import { findAction, findStep, stageOf, stepsOf } from '../../../src/domain/sop/procedure';
import type { Words } from '../../../src/domain/words';

type Table = Readonly<Record<string, readonly [zh: string, en: string]>>;

const names: Readonly<Record<CaseKind, Table>> = {
  issue: {
    '1': ['受理与评估', 'Intake & assessment'],
    '1.1': ['接收反馈', 'Receive the report'],
    '1.2': ['紧急程度评估', 'Assess urgency'],
    '2': ['诊断与记录', 'Diagnosis & record'],
    '2.1': ['信息收集与复现', 'Collect information & reproduce'],
    '2.2': ['创建内部工单', 'Create the internal ticket'],
    '3': ['流转与跟进', 'Hand-over & follow-up'],
    '3.1': ['工单流转', 'Route the ticket'],
    '3.2': ['进度跟进', 'Follow the progress'],
    '4': ['沟通与验证', 'Communication & verification'],
    '4.1': ['客户同步', 'Inform the customer'],
    '4.2': ['修复验证', 'Verify the fix'],
    '5': ['关闭与归档', 'Closure & archive'],
    '5.1': ['工单闭环', 'Close the loop'],
    '5.2': ['知识库更新', 'Update the knowledge base'],
  },
  request: {
    '1': ['受理与分析', 'Intake & analysis'],
    '1.1': ['详细记录', 'Record in detail'],
    '1.2': ['创建需求工单', 'Create the request ticket'],
    '2': ['确认与传达', 'Confirm & convey'],
    '2.1': ['初步反馈', 'First reply'],
    '2.2': ['内部沟通', 'Align with the manager'],
    '3': ['跟进与反馈', 'Follow-up & feedback'],
    '3.1': ['定期跟进', 'Follow up regularly'],
    '3.2': ['持续同步', 'Keep the customer informed'],
    '4': ['关闭与归档', 'Closure & archive'],
    '4.1': ['工单闭环', 'Close the loop'],
  },
};

const kinds: readonly CaseKind[] = ['issue', 'request'];

function defined(kind: CaseKind): Table {
  const { stages } = procedureOf(kind);
  const rows = stages.flatMap((stage) => [stage, ...stage.steps]);
  return Object.fromEntries(rows.map((row) => [row.id, [row.name.zh, row.name.en]]));
}

/** The tables under "Names" of the design page. */
function parseNames(page: string): Record<CaseKind, Record<string, [string, string]>> {
  const tables: Record<CaseKind, Record<string, [string, string]>> = { issue: {}, request: {} };
  const section = page.split('## Names')[1]?.split('\n## ')[0] ?? '';
  let kind: CaseKind | undefined;
  for (const line of section.split('\n')) {
    const [id = '', zh = '', en = ''] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    kind = kinds.find((candidate) => id.startsWith(candidate)) ?? kind;
    const step = /^(?:stage )?(\d(?:\.\d)?)$/.exec(id)?.[1];
    if (kind && step) tables[kind][step] = [zh, en];
  }
  return tables;
}

function says(words: Words, what: string): void {
  assert.notEqual(words.en.trim(), '', what);
  assert.match(words.zh, /\p{Script=Han}/u, `${what}: ${words.zh}`);
  assert.doesNotMatch(words.en, /\p{Script=Han}/u, `${what}: ${words.en}`);
}

function saysField(field: FieldDef, where: string): void {
  says(field.label, `${where}.${field.key}`);
  if (field.hint) says(field.hint, `${where}.${field.key} hint`);
  for (const option of field.options ?? []) says(option.label, `${where}.${field.key}=${option.value}`);
}

describe('Names of stages and steps', () => {
  for (const kind of kinds) {
    it(`of the ${kind} procedure are the document's, in both languages and this order`, () => {
      assert.deepEqual(defined(kind), names[kind]);
      assert.deepEqual(Object.keys(defined(kind)).toSorted(), Object.keys(names[kind]).toSorted());
    });
  }

  it('are 5 stages and 10 steps, 4 stages and 7 steps', () => {
    const count = (kind: CaseKind) => [procedureOf(kind).stages.length, stepsOf(procedureOf(kind)).length];
    assert.deepEqual(
      [count('issue'), count('request')],
      [
        [5, 10],
        [4, 7],
      ],
    );
  });

  it('equal the design page, where it lies beside the project', () => {
    const path = join(process.cwd(), '..', 'shared', 'design', 'sop.md');
    const found = existsSync(path) ? parseNames(readFileSync(path, 'utf8')) : undefined;
    console.log(`      design page ${found ? 'read and compared' : 'not here: the fixture table alone was compared'}`);
    assert.deepEqual(found ?? names, names);
  });

  it('say where the document says so', () => {
    const lines = (kind: CaseKind) => stepsOf(procedureOf(kind)).map((step) => step.spec);
    assert.deepEqual(lines('issue'), ['L25', 'L26', 'L27', 'L28', 'L29', 'L30', 'L31', 'L32', 'L33', 'L34']);
    assert.deepEqual(lines('request'), ['L46', 'L47', 'L48', 'L49', 'L50', 'L51', 'L52']);
  });

  it('are found by step and stage', () => {
    const issue = procedureOf('issue');
    assert.equal(findStep(issue, '2.1')?.name.en, 'Collect information & reproduce');
    assert.equal(findStep(issue, '6.1'), undefined);
    assert.equal(stageOf(issue, '4.2')?.id, '4');
    assert.equal(findAction(issue, 'constructor'), undefined);
  });
});

describe('Words of the definitions', () => {
  for (const kind of kinds) {
    it(`of the ${kind} procedure are there in both languages`, () => {
      const procedure = procedureOf(kind);
      says(procedure.name, kind);
      for (const step of stepsOf(procedure)) says(step.hint, step.id);
      const actions = [...Object.values(procedure.actions), ...Object.values(generalActions)];
      assert.ok(actions.length > 15);
      for (const action of actions) {
        says(action.label, action.name);
        says(action.done, action.name);
        for (const field of action.fields) saysField(field, action.name);
      }
    });
  }

  it('name the seven environment items that the document asks for, and further ones', () => {
    for (const item of allEnvironmentItems) says(item.label, item.key);
    assert.equal(environmentItems.length, 7);
  });
});
