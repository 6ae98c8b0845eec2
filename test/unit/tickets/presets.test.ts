/** What a new ticket starts with because the case says it already. */
import assert from 'node:assert/strict';
import type { CaseState } from '../../../src/domain/case/state';
import { preset, versionAmong } from '../../../src/domain/tickets/presets';
import type { TicketField, TrackerSystem } from '../../../src/domain/tickets/tracker';
import { aCase } from '../../builders';

const choices = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
const field = (key: string, labels: Readonly<Record<string, string>>, initial = ''): TicketField => ({
  key,
  label: key,
  type: key === 'openedBuild' || key === 'versions' ? 'choices' : 'choice',
  required: true,
  choices: choices(labels),
  initial,
});

describe('a new ticket', () => {
  const { state } = aCase().until('2.2');
  const starts = (fields: readonly TicketField[], system: TrackerSystem, urgency?: CaseState['urgency']) =>
    preset(fields, system, { ...state, ...(urgency === undefined ? {} : { urgency }) }).map(({ initial }) => initial);

  it('of an urgent case starts as the most urgent one in ZenTao', () => {
    const four = { 1: '1', 2: '2', 3: '3', 4: '4' };
    const levels = [field('severity', four, '3'), field('pri', four, '3'), field('type', four, '3')];
    assert.deepEqual(starts(levels, 'zentao', 'urgent'), ['1', '1', '3']);
    assert.deepEqual(starts(levels, 'zentao', 'high'), ['2', '2', '3']);
    assert.deepEqual(starts(levels, 'zentao', 'normal'), ['3', '3', '3']);
    // a company's own codes say nothing
    assert.deepEqual(starts([field('pri', { P0: 'P0', P1: 'P1' }, 'P1')], 'zentao', 'urgent'), ['P1']);
  });

  it("takes another system's priority only by a name that is clear", () => {
    const redmine = field('priority_id', { 1: '低', 2: '普通', 3: '高', 4: '紧急', 5: '立刻' });
    const jira = field('priority', { 1: 'Highest', 2: 'High', 3: 'Medium' }, '3');
    const own = field('priority', { 1: 'Blocker', 2: 'Major' }, '2');
    assert.deepEqual(starts([redmine], 'redmine', 'urgent'), ['4']);
    assert.deepEqual(starts([redmine], 'redmine', 'high'), ['3']);
    assert.deepEqual(starts([redmine], 'redmine', 'normal'), ['']);
    assert.deepEqual(starts([jira, own], 'jira', 'urgent'), ['1', '2']);
  });

  it('starts with the version that the case was seen in', () => {
    const builds = { trunk: '主干', 1: 'V3.2.1', 2: 'V5.2.1' };
    assert.deepEqual(starts([field('openedBuild', builds, 'trunk')], 'zentao'), ['2']);
    assert.deepEqual(starts([field('openedBuild', { trunk: '主干' }, 'trunk')], 'zentao'), ['trunk']);
    assert.deepEqual(starts([field('versions', { 20: '5.2.1' }), field('fixVersions', { 20: '5.2.1' })], 'jira'), [
      '20',
      '',
    ]);
  });

  it('finds a version by its number, the exact name first, and none of several that fit', () => {
    const found = (version: string, ...labels: string[]) =>
      versionAmong(choices(Object.fromEntries(labels.map((label) => [`id ${label}`, label]))), version, 'DataHub');
    assert.equal(found('3.2.1', 'V3.2.1', '3.2.10', '3.2'), 'id V3.2.1');
    assert.equal(found('V3.2.1', '3.2.1'), 'id 3.2.1');
    assert.equal(found('3.2.1', 'datahub-v3.2.1'), 'id datahub-v3.2.1');
    assert.equal(found('DataHub 3.2.1', '版本 3.2.1'), 'id 版本 3.2.1');
    assert.equal(found('3.2.1', 'V3.2.1', '3.2.1'), 'id 3.2.1');
    assert.equal(found('3.2.1', 'V3.2.1', 'DataHub 3.2.1'), undefined);
    assert.equal(found('', ''), undefined);
    assert.equal(found('3.2.1', '3.2.1-hotfix'), undefined);
  });
});
