/** What is due and when, until when it is put off, and whom nobody has answered. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { defaultTimings } from '../../../src/domain/casebook';
import { actionFor, dueKinds, duesOf } from '../../../src/domain/dues';
import { procedureOf } from '../../../src/domain/sop/engine';
import { findAction } from '../../../src/domain/sop/procedure';
import { isOverdue, nextDue, summarize } from '../../../src/domain/summary';
import { anIssue, aRequest, DAY, HOUR, iso, MINUTE, Play } from './play';

const kindsOf = (play: Play) => duesOf(play.state, defaultTimings).map((due) => due.kind);
const dueOf = (play: Play, kind: string) => duesOf(play.state, defaultTimings).find((due) => due.kind === kind);
const timeOf = (play: Play, kind: string) => Date.parse(dueOf(play, kind)?.at ?? '');
const summaryOf = ({ id, events, state }: Play) => summarize({ id, events, state, quarantined: [] }, defaultTimings);

/** Every action that a list leads to can be done where it leads. */
function leadsOn(play: Play): void {
  for (const { kind } of duesOf(play.state, defaultTimings)) {
    const name = actionFor(kind, play.state);
    const action = findAction(procedureOf(play.kind), name);
    assert.ok(action, `${kind} leads to ${name}`);
    const refusals = play.lacks({ action: name }).filter(({ code }) => code === 'not-now');
    assert.deepEqual(refusals, [], `${name} at ${play.state.step}`);
  }
}

describe('Dues', () => {
  it('give 15 minutes from the urgent assessment to tell the lead', () => {
    const play = anIssue('1.2');
    const at = play.now;
    play.does('save', { coreAffected: true, workaround: false }, 'assess');
    const [due] = duesOf(play.state, defaultTimings);
    assert.equal(due?.kind, 'notifyLead');
    assert.equal(Date.parse(due?.at ?? ''), at + 15 * MINUTE);
    assert.ok(!isOverdue(summaryOf(play), at + 14 * MINUTE) && isOverdue(summaryOf(play), at + 16 * MINUTE));
    leadsOn(play);
    assert.deepEqual(kindsOf(play.usual('notifyLead')), ['firstResponse']);
  });

  it('follow the next follow-up, the promised date and the appointment', () => {
    const play = anIssue('3.2');
    play.usual('followUp', { nextAt: iso(play.now + DAY) });
    assert.deepEqual(kindsOf(play), ['followUp']);
    leadsOn(play);
    play.until('4.2');
    assert.deepEqual(kindsOf(play), ['followUp', 'fixPromised']);
    leadsOn(play);
    play.usual('verifyInternal').usual('appoint');
    assert.deepEqual(kindsOf(play), ['appointment']);
    leadsOn(play);
    // an appointment that begins is not late
    assert.ok(!isOverdue(summaryOf(play), play.now + 9 * DAY));
    assert.deepEqual(kindsOf(play.usual('upgrade')), []);
  });

  it('ask R&D again where no next follow-up was agreed', () => {
    const play = anIssue('3.2');
    const entered = Date.parse(play.state.visits.at(-1)?.entered.at ?? '');
    assert.equal(timeOf(play, 'followUp'), entered + 3 * DAY);
    play.wait(HOUR).usual('followUp', { nextAt: undefined });
    assert.equal(timeOf(play, 'followUp'), Date.parse(play.state.followUps[0]?.at ?? '') + 3 * DAY);
  });

  it('ask for a request again within its interval, the earliest first', () => {
    const play = aRequest('3.1');
    const entered = Date.parse(play.state.visits.at(-1)?.entered.at ?? '');
    assert.equal(timeOf(play, 'followUp'), entered + 14 * DAY);
    play.does('save', { intervalDays: 7 }, 'check');
    assert.equal(timeOf(play, 'followUp'), entered + 7 * DAY);
    const nextAt = iso(play.now + 7 * DAY);
    play.usual('check', { status: 'waiting', nextAt });
    assert.deepEqual(duesOf(play.state, defaultTimings), [{ kind: 'followUp', at: nextAt }]);
    assert.deepEqual(nextDue(summaryOf(play)), { kind: 'followUp', at: nextAt });
    assert.ok(isOverdue(summaryOf(play), play.now + 7 * DAY + HOUR));
    leadsOn(play);
  });

  it('owe every customer a first word within a day of the report', () => {
    for (const play of [anIssue('1.1'), aRequest('1.2')]) {
      const { receivedAt } = summaryOf(play);
      assert.equal(timeOf(play, 'firstResponse'), Date.parse(receivedAt) + DAY);
      leadsOn(play);
      play.usual('logMessage', { to: 'customer', purpose: 'acknowledgement' });
      assert.equal(dueOf(play, 'firstResponse'), undefined);
    }
    // a request that was an issue: its customer was answered then
    const converted = new Play('request');
    const values = converted.form('record', { receivedAt: iso(converted.now - 9 * DAY) });
    converted.write('open', { step: '1.1', round: 1, kind: 'request', from: 'ISS-20261101-AAAA', values });
    assert.equal(timeOf(converted, 'firstResponse'), Date.parse(converted.events[0]?.at ?? '') + DAY);
    const untold = anIssue('1.1').usual('logMessage', { to: 'group' });
    assert.ok(dueOf(untold, 'firstResponse'), 'a message to the group is none to the customer');
    const request = aRequest('2.1');
    leadsOn(request);
    assert.deepEqual(kindsOf(request.usual('firstReply')), []);
  });

  it('owe the customer a new plan and a changed status', () => {
    const issue = anIssue('4.1');
    assert.deepEqual(kindsOf(issue), ['tellCustomer']);
    assert.equal(timeOf(issue, 'tellCustomer'), Date.parse(issue.state.plans[0]?.at ?? '') + DAY);
    leadsOn(issue);
    const request = aRequest('3.1').usual('check', { status: 'scheduled' });
    assert.deepEqual(kindsOf(request.isAt('3.2')), ['tellCustomer']);
    assert.equal(timeOf(request, 'tellCustomer'), Date.parse(request.state.checks[0]?.at ?? '') + DAY);
    leadsOn(request);
  });

  it('ask a customer who does not answer again after three days, and anew after every message', () => {
    const issue = anIssue('4.1').usual('informCustomer');
    const told = Date.parse(issue.state.messages.at(-1)?.at ?? '');
    assert.deepEqual(kindsOf(issue), ['answer']);
    assert.equal(timeOf(issue, 'answer'), told + 3 * DAY);
    leadsOn(issue);
    issue.wait(4 * DAY).usual('logMessage', { to: 'customer', purpose: 'other' });
    assert.equal(timeOf(issue, 'answer'), Date.parse(issue.state.messages.at(-1)?.at ?? '') + 3 * DAY);
    assert.ok(timeOf(issue, 'answer') > told + 6 * DAY);

    const request = aRequest('2.2').does('save', { questions: [{ question: 'For all?', answer: '' }] }, 'align');
    assert.deepEqual(kindsOf(request), [], 'nobody has asked the customer yet');
    request.usual('logMessage', { to: 'customer', purpose: 'other' });
    assert.equal(timeOf(request, 'answer'), Date.parse(request.state.messages.at(-1)?.at ?? '') + 3 * DAY);
    leadsOn(request);
    request.does('save', { questions: [{ question: 'For all?', answer: 'Yes' }] }, 'align');
    assert.deepEqual(kindsOf(request), []);
  });
});

describe('A snooze', () => {
  const put = (due: string, until: number) => ({ due, until: iso(until), reason: 'R&D is at a fair' });
  const followed = () => {
    const play = anIssue('3.2');
    return play.usual('followUp', { nextAt: iso(play.now + DAY) });
  };

  it('moves the due, says why, and the later one counts', () => {
    const play = followed();
    const from = dueOf(play, 'followUp')?.at;
    const until = play.now + 4 * DAY;
    play.does('snooze', put('followUp', until));
    const by = play.by;
    assert.deepEqual(dueOf(play, 'followUp'), {
      kind: 'followUp',
      at: iso(until),
      snoozed: { from, reason: 'R&D is at a fair', by },
    });
    assert.ok(!isOverdue(summaryOf(play), play.now + 2 * DAY));
    play.does('snooze', put('followUp', until + DAY));
    assert.equal(timeOf(play, 'followUp'), until + DAY);
    assert.equal(dueOf(play, 'followUp')?.snoozed?.from, from);
    assert.equal(play.state.snoozes.length, 2);
  });

  it('is void once the due follows from something else', () => {
    const play = followed().wait(2 * DAY);
    play.does('snooze', put('followUp', play.now + DAY));
    const nextAt = iso(play.now + 2 * DAY);
    play.usual('followUp', { nextAt });
    assert.deepEqual(dueOf(play, 'followUp'), { kind: 'followUp', at: nextAt });

    const planned = anIssue('4.2');
    planned.does('snooze', put('fixPromised', Date.parse('2026-12-10T09:00:00+08:00')));
    assert.ok(dueOf(planned, 'fixPromised')?.snoozed);
    planned.usual('revisePlan', { fixVersion: '5.3.9' }).until('4.2');
    assert.equal(dueOf(planned, 'fixPromised')?.snoozed, undefined);
  });

  it('outlives a change of the team’s timings', () => {
    const play = anIssue('4.1').usual('informCustomer');
    play.does('snooze', put('answer', play.now + 5 * DAY));
    const [due] = duesOf(play.state, { ...defaultTimings, customerAnswerDays: 1 });
    assert.ok(due?.snoozed);
  });

  it('is refused for the lead of an urgent case, for an appointment, and for what is not due', () => {
    const urgent = anIssue('1.2').does('save', { coreAffected: true, workaround: false }, 'assess');
    urgent.refuses('snooze', put('notifyLead', urgent.now + HOUR), ['lead-not-put-off@due']);
    urgent.cannotExcuse('snooze', 'lead-not-put-off');
    const play = anIssue('4.2').usual('verifyInternal').usual('appoint');
    play.refuses('snooze', put('appointment', play.now + 2 * DAY), ['appointment-not-put-off@due']);
    play.refuses('snooze', put('followUp', play.now + 2 * DAY), ['nothing-due@due']);
    const closed = anIssue('5.2');
    closed.refuses('snooze', put('followUp', closed.now + 2 * DAY), ['not-now']);
  });

  it('needs a reason and a time later than now and than the due, within 90 days', () => {
    const play = followed();
    play.refuses('snooze', { ...put('followUp', play.now + 2 * DAY), reason: ' ' }, ['required:reason']);
    play.refuses('snooze', put('followUp', play.now - MINUTE), ['snooze-past@until']);
    play.refuses('snooze', put('followUp', play.now), ['snooze-past@until']);
    play.refuses('snooze', put('followUp', play.now + HOUR), ['snooze-early@until']);
    play.refuses('snooze', put('followUp', play.now + 91 * DAY), ['snooze-long@until']);
    play.does('snooze', put('followUp', play.now + 90 * DAY));
  });

  it('a log that puts off the lead’s notification is not taken as it stands', () => {
    const play = anIssue('1.2').does('save', { coreAffected: true, workaround: false }, 'assess');
    play.write('snooze', { step: '1.2', round: 1, values: put('notifyLead', play.now + DAY) });
    assert.equal(play.state.conflicts[0]?.kind, 'guard');
    assert.deepEqual(play.state.snoozes, []);
  });

  it('of two copies the later one counts, on both sides', () => {
    const base = followed().wait(2 * DAY);
    const one = base.copy('Chen Hao').does('snooze', put('followUp', base.now + 2 * DAY));
    const two = base
      .copy('Wu Lan')
      .wait(HOUR)
      .does('snooze', put('followUp', base.now + DAY));
    const [a] = one.events.slice(-1);
    const [b] = two.events.slice(-1);
    assert.ok(a && b);
    const merged = [one.take([b]), two.take([a])];
    for (const play of merged) {
      assert.deepEqual(play.state.conflicts, []);
      assert.equal(dueOf(play, 'followUp')?.snoozed?.by, 'Wu Lan');
    }
    assert.deepEqual(merged[0]?.state, merged[1]?.state);
  });

  it('every kind of due has an action behind it in both procedures’ places', () => {
    for (const kind of dueKinds) {
      const issue = actionFor(kind, { kind: 'issue', step: '4.2' });
      assert.ok(findAction(procedureOf('issue'), issue), `${kind}: ${issue}`);
    }
  });
});
