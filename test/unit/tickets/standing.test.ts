/** What a ticket's standing means for its case, and that copies which read it apart agree. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { fold } from '../../../src/domain/case/fold';
import { summarize } from '../../../src/domain/summary';
import { defaultTimings } from '../../../src/domain/casebook';
import { ticketStanding } from '../../../src/domain/sop/ticketLog';
import { changedParts } from '../../../src/domain/sop/ticketParts';
import { isClosedUnverified, planOffer, sightingValues, statusOffer } from '../../../src/domain/tickets/standing';
import type { TicketSnapshot } from '../../../src/domain/tickets/tracker';
import { anIssue, aRequest, HOUR, iso, MINUTE, type Play } from '../domain/play';
import { turn, wander } from '../domain/wander';
import { snapshot } from './aSnapshot';

const sees = (play: Play, change: Partial<TicketSnapshot>) =>
  play.does('ticketSeen', sightingValues('Redmine', { ...snapshot, ...change }, iso(play.now)));

describe("a ticket's standing", () => {
  it('is what was read last, whichever copy wrote it down last', () => {
    const base = anIssue('3.1');
    const [early, late] = [base.copy('A <a@example.com>'), base.copy('B <b@example.com>')];
    late.wait(HOUR);
    sees(late, { status: 'Resolved', progress: 'toVerify' });
    // written down later in the log's order, read earlier
    early.does('note', { text: '1' }).does('note', { text: '2' });
    sees(early, { status: 'In Progress', progress: 'inProgress' });
    const merged = base.copy('C <c@example.com>').take([...early.events.slice(-3), ...late.events.slice(-1)]);
    assert.equal(ticketStanding(merged.state)?.status, 'Resolved');
    assert.deepEqual(merged.state.conflicts, []);
    assert.equal(merged.state.sightings.length, 2);
  });

  it('names what has changed, and nothing where only the time of reading has', () => {
    const play = sees(anIssue('3.1'), {});
    const known = ticketStanding(play.state);
    const read = (change: Partial<TicketSnapshot>) =>
      changedParts(known, sightingValues('Redmine', { ...snapshot, ...change }, iso(play.now + HOUR)));
    assert.deepEqual(read({ updatedAt: '2026-11-22T12:00:00Z' }), []);
    assert.deepEqual(read({ status: 'Closed' }), ['status']);
    const comments = [
      { id: '2', by: '开发 张', at: '2026-11-22T11:00:00Z', text: 'new' },
      { id: '1', by: '开发 张', at: '2026-11-22T10:00:00Z', text: 'old' },
    ];
    assert.deepEqual(read({ comments, assignee: { id: '5', name: '开发 张' } }), ['assignee', 'comment']);
    assert.equal(sightingValues('Redmine', { ...snapshot, comments }, iso(play.now))['commentText'], 'new');
  });

  it("is written down of the case's own ticket only, whole", () => {
    anIssue('2.2').refuses('ticketSeen', sightingValues('Redmine', snapshot, iso(0)), ['other-ticket']);
    anIssue('3.1')
      .refuses('ticketSeen', sightingValues('Redmine', { ...snapshot, key: 'DEV-2' }, iso(0)), ['other-ticket'])
      .refuses('ticketSeen', { ticketKey: 'DEV-1', status: 'x', seenAt: iso(0) }, ['required:progress'])
      .refuses('ticketSent', { ticketKey: 'DEV-1' }, ['required:deed'])
      .does('ticketSeen', sightingValues('Redmine', snapshot, iso(0)))
      .refuses('ticketSeen', sightingValues('Redmine', snapshot, iso(1)), ['ticket-same'])
      .does('ticketSent', { ticketKey: 'DEV-1', deed: 'comment', text: 'more', files: ['a.log'] });
  });

  it('says nothing of whether its new owner knows of a case that was handed over', () => {
    const play = anIssue('3.1').does('assign', { owner: 'Zhang Min <zhang.min@example.com>', note: 'please' });
    play.by = 'Zhang Min <zhang.min@example.com>';
    assert.ok(sees(play, {}).state.handover);
    assert.equal(play.does('note', { text: 'I go on' }).state.handover, undefined);
  });
});

describe('a closed ticket', () => {
  it('never closes its case: it is flagged until the customer has confirmed', () => {
    const play = sees(anIssue('4.2'), { status: 'Closed', progress: 'done' });
    assert.equal(play.state.step, '4.2');
    assert.ok(isClosedUnverified(play.state));
    const stored = { id: play.id, events: play.events, state: play.state, quarantined: [] };
    const summary = summarize(stored, defaultTimings);
    assert.deepEqual([summary.ticketStatus, summary.ticketFlag], ['Closed', 'closedUnverified']);
    assert.equal(isClosedUnverified(play.until('5.1').state), false);
  });

  it('is in order once the customer has agreed to another outcome than a fix', () => {
    const play = anIssue('3.2').does('decline', { disposition: 'wontFix', explanation: 'by design' });
    sees(play, { status: 'Closed', progress: 'done' });
    assert.ok(isClosedUnverified(play.state));
    assert.equal(isClosedUnverified(play.until('5.1').state), false);
  });
});

describe("R&D's version and date", () => {
  it('are offered as the plan', () => {
    const play = sees(anIssue('3.2'), {});
    assert.equal(planOffer(play.state, 'en'), undefined);
    sees(play, { fixVersion: 'V3.2.2', dueDate: '2026-12-05' });
    const values = { fixVersion: 'V3.2.2', fixDate: '2026-12-05' };
    assert.deepEqual(planOffer(play.state, 'en'), { action: 'plan', values });
    play.usual('followUp').does('plan', { approach: 'retry', ...values });
    assert.equal(planOffer(play.state, 'en'), undefined);
  });

  it('are offered as a changed plan when they move, and the customer is asked again', () => {
    const play = sees(anIssue('3.2'), { fixVersion: 'V3.2.2', dueDate: '2026-12-05' });
    const values = { approach: 'retry', fixVersion: 'V3.2.2', fixDate: '2026-12-05' };
    play.usual('followUp').does('plan', values).until('4.2');
    sees(play, { fixVersion: 'V3.2.3', dueDate: '2026-12-05' });
    const offer = planOffer(play.state, 'zh-CN');
    assert.deepEqual(offer, {
      action: 'revisePlan',
      values: { ...values, fixVersion: 'V3.2.3', reason: '工单 DEV-1 已更新：修复版本 V3.2.3' },
    });
    play.does('revisePlan', offer.values).isAt('4.1');
    assert.equal(play.state.planRevision, 2);
    assert.equal(planOffer(play.state, 'en'), undefined);
  });

  it('are not asked of again where the engineer knowingly decided otherwise', () => {
    const play = sees(anIssue('3.2'), { fixVersion: 'V3.2.2', dueDate: '2026-12-05' });
    play.usual('followUp').does('plan', { approach: 'retry', fixVersion: 'V3.3', fixDate: '2026-12-20' });
    assert.equal(planOffer(play.state, 'en'), undefined);
    sees(play, { fixVersion: 'V3.2.2', dueDate: '2026-12-06' });
    assert.deepEqual(planOffer(play.state, 'en')?.values['fixDate'], '2026-12-06');
    assert.equal(planOffer(play.state, 'en')?.values['fixVersion'], 'V3.3');
  });
});

describe("a request's ticket", () => {
  it('offers its status for the next check', () => {
    const play = sees(aRequest('3.1'), { request: 'waiting' });
    assert.equal(statusOffer(play.state, 'zh-CN'), undefined);
    sees(play, { request: 'scheduled', fixVersion: '5.4.0' });
    const offer = statusOffer(play.state, 'zh-CN');
    assert.deepEqual(offer, { action: 'check', values: { status: 'scheduled', version: '5.4.0' } });
    play.does('check', { ...offer.values, at: iso(play.now), nextAt: iso(play.now + HOUR) });
    assert.equal(statusOffer(play.until('3.1').state, 'zh-CN'), undefined);
    sees(play.wait(MINUTE), { request: 'notAdopted', resolution: 'Rejected' });
    assert.deepEqual(statusOffer(play.state, 'zh-CN')?.values, { status: 'notAdopted', reason: 'Rejected' });
    // a code is no reason that anybody is told
    sees(play.wait(MINUTE), { request: 'notAdopted', resolution: 'willnotdo' });
    assert.equal(statusOffer(play.state, 'zh-CN')?.values['reason'], '不做');
  });
});

describe('copies that read the ticket apart', () => {
  it('agree on how it stands, without a conflict', function () {
    this.timeout(60_000);
    const focus = ['ticketSeen', 'ticketSeen', 'ticketSent', 'note'];
    const turns = fc.array(
      turn.map((next) => ({ ...next, focus })),
      { minLength: 1, maxLength: 6 },
    );
    const story = fc.tuple(fc.constantFrom('3.1', '4.2', '5.2'), turns, turns);
    fc.assert(
      fc.property(story, ([step, one, two]) => {
        const base = anIssue(step);
        const copies = [
          wander(base.copy('A <a@example.com>'), one),
          wander(base.copy('B <b@example.com>'), two),
        ] as const;
        const added = copies.flatMap((copy) => copy.events.slice(base.events.length));
        const merged = fold(base.id, [...base.events, ...added]);
        assert.deepEqual(fold(base.id, [...added.toReversed(), ...base.events]), merged);
        assert.deepEqual(merged.conflicts, []);
        const seen = added.filter(({ type }) => type === 'ticketSeen').length;
        assert.equal(merged.sightings.length, seen);
        assert.equal(merged.ticketDeeds.length, added.filter(({ type }) => type === 'ticketSent').length);
        const newest = Math.max(...merged.sightings.map(({ seenAt }) => Date.parse(seenAt)));
        if (seen > 0) assert.equal(Date.parse(ticketStanding(merged)?.seenAt ?? ''), newest);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});
