/** What a round of looking has brought: the pressing first, and nothing that the engineer did. */
import assert from 'node:assert/strict';
import type { CaseState, TicketSighting } from '../../../src/domain/case/state';
import { changeText } from '../../../src/domain/tickets/changeText';
import type { TicketChange } from '../../../src/domain/tickets/follower';
import { ticketStanding } from '../../../src/domain/sop/ticketLog';
import { changedParts } from '../../../src/domain/sop/ticketParts';
import { sightingValues } from '../../../src/domain/tickets/standing';
import type { TicketSnapshot } from '../../../src/domain/tickets/tracker';
import { inOrder, newsOf } from '../../../src/features/tickets/digest';
import { anIssue, aRequest, HOUR, iso, type Play } from '../domain/play';
import { snapshot } from './aSnapshot';

const self = { me: 'Li Wei <li.wei@example.com>', names: ['support', '售后 李'] };
const comment = (by: string) => [{ id: '1', by, at: '2026-11-22T11:00:00Z', text: 'Please verify' }];

/** The ticket was read as new, then as this. */
function changed(play: Play, change: Partial<TicketSnapshot>): { change: TicketChange; state: CaseState } {
  play.does('ticketSeen', sightingValues('Redmine', snapshot, iso(play.now)));
  const before = ticketStanding(play.state) as TicketSighting;
  play.wait(HOUR);
  const values = sightingValues('Redmine', { ...snapshot, ...change }, iso(play.now));
  const parts = changedParts(before, values);
  play.does('ticketSeen', values);
  const after = ticketStanding(play.state) as TicketSighting;
  return { change: { caseId: 'x', title: '相机断线', key: 'DEV-1', changed: parts, before, after }, state: play.state };
}

describe('The digest of a round', () => {
  it('puts what is closed but not verified first, then what changes a plan or a status, then the rest', () => {
    const rounds = [
      changed(anIssue('3.1'), { status: 'Assigned', progress: 'inProgress' }),
      changed(aRequest('3.1'), { status: 'Planned', request: 'scheduled', fixVersion: '3.2' }),
      changed(anIssue('3.2'), { fixVersion: '3.2.2', dueDate: '2026-12-05' }),
      changed(anIssue('4.2'), { status: 'Closed', progress: 'done' }),
    ];
    const news = rounds.flatMap(({ change, state }) => newsOf(change, state, self) ?? []);
    assert.deepEqual(
      inOrder(news).map(({ flag }) => flag),
      ['closedUnverified', 'planDiffers', 'statusDiffers', undefined],
    );
  });

  it('calls what ZenTao has a code for as its pages do, and leaves the words of others', () => {
    const told = (status: string, resolution: string) =>
      changeText(changed(anIssue('3.2'), { status, resolution }).change, 'zh-CN');
    assert.equal(told('resolved', 'fixed'), 'DEV-1 · 相机断线：状态 已解决，解决方案 已解决');
    assert.equal(told('Resolved', ''), 'DEV-1 · 相机断线：状态 Resolved');
    assert.equal(
      changeText(changed(anIssue('3.2'), { status: 'resolved' }).change, 'en'),
      'DEV-1 · 相机断线: status Resolved',
    );
  });

  it('tells nothing of a first reading', () => {
    const { change, state } = changed(anIssue('3.1'), { status: 'Assigned' });
    const { before: _before, ...first } = change;
    assert.equal(newsOf(first, state, self), undefined);
  });

  it("leaves out the engineer's own words, whatever the system calls them, and keeps what else has changed", () => {
    for (const by of ['Li Wei', 'support', '售后 李']) {
      const own = changed(anIssue('3.1'), { comments: comment(by) });
      assert.equal(newsOf(own.change, own.state, self), undefined);
    }
    const both = changed(anIssue('3.1'), { comments: comment('support'), status: 'Assigned' });
    assert.deepEqual(newsOf(both.change, both.state, self)?.change.changed, ['status']);
    const others = changed(anIssue('3.1'), { comments: comment('开发 张') });
    assert.deepEqual(newsOf(others.change, others.state, self)?.change.changed, ['comment']);
  });
});
