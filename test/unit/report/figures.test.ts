/** The figures of the service report, one by one, with the cases behind them; sums are added up by hand. */
import { strict as assert } from 'node:assert';
import { at, issueAt, report, requestAt, solved, type Told, upTo } from './world';

const HOUR = 3_600_000;
const MINUTE = 60_000;

const told = (story: Told, text: string) =>
  story.at(text).usual('logMessage', { to: 'customer', purpose: 'acknowledgement' });
describe('volume', () => {
  it('counts what was received in the period, by kind, channel, customer, version and type', () => {
    const stories = [
      issueAt('2026-08-31 23:59'),
      issueAt('2026-09-01 00:00'),
      issueAt('2026-09-30 23:59', { customer: 'Beta', version: '1.1', problemType: 'Usage', channel: 'Phone' }),
      issueAt('2026-10-01 00:00'),
      requestAt('2026-09-09 10:00', { customer: 'Beta' }),
    ];
    const { service, concentration, headline } = report('2026-09', stories);
    const expected = [stories[1], stories[2], stories[4]].map((story) => story?.caseId ?? '');
    assert.deepEqual(service.received.cases, expected.toSorted());
    assert.deepEqual(service.received.change, { previous: 1, difference: 2, ratio: 2, isNew: false });
    assert.deepEqual(headline.received, service.received);
    assert.deepEqual(
      service.byKind.map(({ key, count }) => [key, count]),
      [
        ['issue', 2],
        ['request', 1],
      ],
    );
    assert.deepEqual(
      service.byChannel.map(({ key, count, share }) => [key, count, share]),
      [
        ['Mail', 2, 2 / 3],
        ['Phone', 1, 1 / 3],
      ],
    );
    assert.deepEqual(
      concentration.customers.map(({ key, count, issues, requests }) => [key, count, issues, requests]),
      [
        ['Beta', 2, 1, 1],
        ['Acme', 1, 1, 0],
      ],
    );
    const [beta] = concentration.customers;
    assert.deepEqual(
      [beta?.issueCases, beta?.requestCases, beta?.urgentCases],
      [[stories[2]?.caseId], [stories[4]?.caseId], []],
    );
    assert.deepEqual(
      concentration.versions.map(({ label, product, version, count }) => [label.en, product, version, count]),
      [
        ['ERP 1.0', 'ERP', '1.0', 1],
        ['ERP 1.1', 'ERP', '1.1', 1],
      ],
    );
    assert.deepEqual(
      concentration.types.map(({ key, count, change }) => [key, count, change?.isNew, change?.difference]),
      [
        ['Defect', 1, false, 0],
        ['Usage', 1, true, 1],
      ],
    );
  });

  it('has a row for what was not filled in, and keeps what was there before with 0', () => {
    const { concentration, quality } = report('2026-09', [
      issueAt('2026-08-10 10:00', { problemType: 'Usage' }),
      issueAt('2026-09-10 10:00', { version: undefined, problemType: undefined }),
    ]);
    assert.deepEqual(
      concentration.versions.map(({ key, label, count }) => [key, label.zh, count]),
      [
        ['', '未填', 1],
        ['ERP 1.0', 'ERP 1.0', 0],
      ],
    );
    assert.deepEqual(
      concentration.types.map(({ key, count, change }) => [key, count, change?.ratio]),
      [
        ['', 1, undefined],
        ['Usage', 0, -1],
      ],
    );
    assert.deepEqual(
      quality.map(({ code, count }) => [code, count]).filter(([code]) => code !== 'holidays'),
      [
        ['no-version', 1],
        ['no-type', 1],
      ],
    );
  });

  it('ranks customers by cases, then by urgent ones, then by name', () => {
    const urgent = issueAt('2026-09-02 10:00', { customer: 'Zeta' }).until('1.2');
    urgent.usual('assess', { coreAffected: true, workaround: false });
    const { concentration } = report('2026-09', [
      issueAt('2026-09-02 10:00', { customer: 'Beta' }),
      issueAt('2026-09-02 10:00', { customer: 'Alpha' }),
      urgent,
      issueAt('2026-09-02 10:00', { customer: 'Two' }),
      issueAt('2026-09-02 10:00', { customer: 'Two' }),
    ]);
    assert.deepEqual(
      concentration.customers.map(({ key, urgent: urgentOnes }) => [key, urgentOnes]),
      [
        ['Two', 0],
        ['Zeta', 1],
        ['Alpha', 0],
        ['Beta', 0],
      ],
    );
  });

  it('puts weeks from Monday to Sunday, cut where the period ends', () => {
    const closed = solved(issueAt('2026-09-07 00:00'), '2026-09-13 23:00');
    const { byWeek } = report('2026-09', [closed, issueAt('2026-09-30 12:00')]).service;
    assert.deepEqual(
      byWeek.map(({ week, from, until, received, closures }) => [week, from, until, received.count, closures.count]),
      [
        ['2026-W36', '2026-09-01', '2026-09-06', 0, 0],
        ['2026-W37', '2026-09-07', '2026-09-13', 1, 1],
        ['2026-W38', '2026-09-14', '2026-09-20', 0, 0],
        ['2026-W39', '2026-09-21', '2026-09-27', 0, 0],
        ['2026-W40', '2026-09-28', '2026-09-30', 1, 0],
      ],
    );
    // of a running period the weeks that have begun: nothing came in a week that is yet to come
    const running = report('2026-09', [closed], { now: at('2026-09-14 00:00') }).service.byWeek;
    assert.deepEqual(
      running.map(({ week }) => week),
      ['2026-W36', '2026-W37'],
    );
  });
});

describe('first response', () => {
  it('is working time to the first message that the customer saw; the phone stands apart', () => {
    // Friday 16:30, answered on Monday at 9:30: an hour; the second message does not count
    const overWeekend = told(told(issueAt('2026-09-04 16:30'), '2026-09-07 09:30'), '2026-09-07 11:00');
    const toLead = issueAt('2026-09-08 09:00').usual('logMessage', { to: 'lead', purpose: 'other' });
    const atOnce = told(issueAt('2026-09-09 10:00', { channel: 'Phone call' }), '2026-09-09 10:03');
    const { firstResponse } = report('2026-09', [overWeekend, toLead, atOnce]).service;
    assert.equal(firstResponse.answered.business.n, 1);
    assert.equal(firstResponse.answered.business.mean, HOUR);
    assert.equal(firstResponse.answered.calendar.mean, 65 * HOUR);
    assert.deepEqual(firstResponse.unanswered.cases, [toLead.caseId]);
    assert.equal(firstResponse.atOnce.business.mean, 3 * MINUTE);
    assert.equal(firstResponse.atOnceUnanswered.count, 0);
    assert.deepEqual(
      firstResponse.distribution.map(({ count }) => count),
      [0, 0, 1, 0, 0, 0],
    );
  });

  it('names no 90th percentile of fewer than five, and takes the nearest rank of more', () => {
    const answered = (minutes: number) =>
      told(issueAt('2026-09-02 10:00'), `2026-09-02 10:${String(minutes).padStart(2, '0')}`);
    const few = report('2026-09', [1, 2, 3, 4].map(answered)).service.firstResponse.answered.business;
    assert.deepEqual([few.n, few.isTooFew, few.p90, few.median], [4, true, undefined, 2 * MINUTE]);
    const more = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(answered);
    const enough = report('2026-09', more).service.firstResponse.answered.business;
    assert.deepEqual([enough.n, enough.isTooFew], [10, false]);
    assert.deepEqual([enough.p90, enough.median, enough.mean], [9 * MINUTE, 5 * MINUTE, 5.5 * MINUTE]);
  });

  it('waits for nobody in a case that was given up', () => {
    const { firstResponse } = report('2026-09', [issueAt('2026-09-02 10:00').usual('withdraw')]).service;
    assert.deepEqual([firstResponse.unanswered.count, firstResponse.answered.business.n], [0, 0]);
  });
});

describe('closing', () => {
  it('of what came before the period is in closed, not in received', () => {
    const { service } = report('2026-09', [solved(issueAt('2026-08-20 10:00'), '2026-09-02 10:00')]);
    assert.deepEqual([service.received.count, service.closures.count, service.closed.count], [0, 1, 1]);
    assert.deepEqual([service.resolutionRate.of, service.resolutionRate.share], [0, undefined]);
    assert.deepEqual([service.clearance.part, service.clearance.of], [1, 0]);
  });

  it('and reopening in the period both count, and the case is not resolved', () => {
    const story = solved(issueAt('2026-09-01 10:00'), '2026-09-02 10:00').at('2026-09-03 10:00').usual('reopen');
    const { service } = report('2026-09', [story]);
    assert.deepEqual([service.closures.count, service.movement.reopened.count], [1, 1]);
    assert.deepEqual([service.resolutionRate.part, service.resolutionRate.of], [0, 1]);
    assert.deepEqual([service.reopenRate.part, service.reopenRate.of], [1, 1]);
    assert.equal(service.resolution.total.business.n, 0);
    assert.deepEqual(service.backlog.end.cases, [story.caseId]);
  });

  it('twice are two closures of one case, and a rate stays below 100 %', () => {
    const story = solved(issueAt('2026-09-01 10:00'), '2026-09-02 10:00').at('2026-09-03 10:00').usual('reopen');
    const { service } = report('2026-09', [solved(story, '2026-09-04 10:00')]);
    assert.deepEqual([service.closures.count, service.closed.count], [2, 1]);
    assert.deepEqual([service.clearance.part, service.clearance.of, service.clearance.share], [2, 1, 2]);
    assert.equal(service.resolutionRate.share, 1);
    // Tuesday 10:00 to Friday 10:00
    assert.equal(service.resolution.total.business.mean, 24 * HOUR);
    assert.equal(service.verification.firstFix.part, 0);
  });

  it('that solves nothing is no solution', () => {
    const declined = upTo(issueAt('2026-09-01 10:00'), '3.2', '2026-09-02 10:00');
    declined.usual('decline', { disposition: 'wontFix' }).usual('informCustomer').usual('accept').usual('close');
    const { service } = report('2026-09', [declined, solved(issueAt('2026-09-01 10:00'), '2026-09-02 10:00')]);
    assert.deepEqual([service.resolutionRate.part, service.resolutionRate.of], [1, 2]);
    assert.deepEqual(
      service.byDisposition.map(({ key, count }) => [key, count]),
      [
        ['solvedBySupport', 1],
        ['wontFix', 1],
      ],
    );
  });

  it('that is logged on the first of the month counts for the day on which it was done', () => {
    const story = upTo(issueAt('2026-09-28 10:00'), '2.1', '2026-09-30 16:00');
    story.usual('solveBySupport').usual('informCustomer').usual('accept').at('2026-10-08 09:00');
    story.usual('close', { closedAt: '2026-09-30T17:00:00+08:00' });
    assert.equal(report('2026-09', [story]).service.closures.count, 1);
    assert.equal(report('2026-09', [story]).service.backlog.end.count, 0);
    const october = report('2026-10', [story]).service;
    assert.deepEqual([october.closures.count, october.movement.start.count, october.movement.end.count], [0, 0, 0]);
  });
});

describe('resolution time', () => {
  it('is net of waiting on the customer beside it', () => {
    // Tuesday 10:00 to Thursday 10:00 is 16 hours; told at 11:00, answered on Wednesday at 11:00: 8 of them
    const story = upTo(issueAt('2026-09-01 10:00'), '2.1', '2026-09-01 10:30').usual('solveBySupport');
    story.at('2026-09-01 11:00').usual('informCustomer').at('2026-09-02 11:00').usual('accept');
    const { resolution } = report('2026-09', [story.at('2026-09-03 10:00').usual('close')]).service;
    assert.equal(resolution.total.business.mean, 16 * HOUR);
    assert.equal(resolution.net.business.mean, 8 * HOUR);
    assert.equal(resolution.total.calendar.mean, 48 * HOUR);
    assert.equal(resolution.net.calendar.mean, 24 * HOUR);
  });

  it('knows holidays and make-up days of the calendar', () => {
    // Wednesday 30 Sep 16:00 to Saturday 10 Oct 10:00, which is worked: 1 h + 8 and 9 Oct + 1 h
    const { resolution } = report('2026-10', [solved(issueAt('2026-09-30 16:00'), '2026-10-10 10:00')]).service;
    assert.equal(resolution.total.business.mean, (1 + 8 + 8 + 1) * HOUR);
  });
});

describe('verification and plans', () => {
  const planned = (text: string) => upTo(issueAt(text), '4.2', text);

  it('counts test and customer environment apart; a failure before closing is a loop, not a reopening', () => {
    const story = planned('2026-09-01 10:00').usual('verifyInternal', { result: 'failed', newUrgency: 'keep' });
    upTo(story, '4.2', '2026-09-03 10:00').usual('verifyInternal').usual('appoint').usual('upgrade');
    story.usual('verifyCustomer', { result: 'failed', newUrgency: 'keep' });
    upTo(story, '5.1', '2026-09-09 10:00').usual('close');
    const other = upTo(issueAt('2026-09-02 10:00'), '5.1', '2026-09-08 10:00').usual('close');
    const { verification, reopenRate, movement } = report('2026-09', [story, other]).service;
    assert.deepEqual([verification.test.part, verification.test.of], [1, 4]);
    assert.deepEqual([verification.customer.part, verification.customer.of], [1, 3]);
    assert.deepEqual([verification.firstFix.part, verification.firstFix.of], [1, 2]);
    assert.deepEqual(verification.firstFix.others, [story.caseId]);
    assert.deepEqual([reopenRate.part, reopenRate.of, movement.reopened.count], [0, 2, 0]);
  });

  it('counts rejected plans among the decided ones', () => {
    const story = upTo(issueAt('2026-09-01 10:00'), '4.1', '2026-09-02 10:00').usual('informCustomer').usual('reject');
    upTo(story, '4.2', '2026-09-03 10:00').usual('revisePlan').usual('informCustomer');
    const { planRejection } = report('2026-09', [story]).service;
    assert.deepEqual([planRejection.part, planRejection.of], [1, 2]);
  });
});

describe('the backlog', () => {
  it('is counted at the start and the end, by age, step and whom it waits on', () => {
    const stories = [
      issueAt('2026-06-01 10:00'),
      upTo(issueAt('2026-08-15 10:00'), '3.2', '2026-08-20 10:00'),
      issueAt('2026-09-10 10:00'),
      // on the last day's first moment it is seven days old, just before that it is eight
      issueAt('2026-09-23 00:00'),
      issueAt('2026-09-22 23:59'),
      issueAt('2026-10-01 00:00'),
      upTo(requestAt('2026-09-26 10:00'), '3.1', '2026-09-27 10:00'),
    ];
    const { backlog, movement } = report('2026-09', stories).service;
    assert.deepEqual([backlog.start.count, backlog.end.count], [2, 6]);
    assert.deepEqual([movement.start.count, movement.received.count, movement.end.count], [2, 4, 6]);
    assert.deepEqual(
      backlog.byAge.map(({ key, count }) => [key, count]),
      [
        ['0-7', 1],
        ['8-30', 3],
        ['31-90', 1],
        ['>90', 1],
      ],
    );
    assert.deepEqual(
      backlog.byStep.map(({ key, count, label }) => [key, count, label.zh]),
      [
        ['issue 1.1', 4, '问题/故障 1.1 接收反馈'],
        ['issue 3.2', 1, '问题/故障 3.2 进度跟进'],
        ['request 3.1', 1, '需求/改进建议 3.1 定期跟进'],
      ],
    );
    assert.deepEqual(
      backlog.byWaiting.map(({ key, count }) => [key, count]),
      [
        ['us', 4],
        ['rd', 1],
        ['manager', 1],
      ],
    );
  });

  it('loses what is given up, converted or merged at that moment, and gets back what is taken up again', () => {
    const withdrawn = issueAt('2026-08-10 10:00').at('2026-09-10 10:00').usual('withdraw');
    const again = issueAt('2026-09-01 10:00').usual('withdraw').at('2026-09-05 10:00').usual('reopen');
    const merged = issueAt('2026-09-01 10:00').at('2026-10-02 10:00').usual('merge');
    const issue = upTo(issueAt('2026-08-20 10:00'), '2.1', '2026-09-20 10:00').usual('convert');
    const request = requestAt('2026-09-20 10:00', { receivedAt: '2026-08-20T10:00:00+08:00' });
    const [opening] = request.events;
    assert.ok(opening);
    request.events = [{ ...opening, data: { ...opening.data, from: issue.caseId } }];
    const { movement, received, resolutionRate } = report('2026-09', [
      withdrawn,
      again,
      merged,
      issue,
      request,
    ]).service;
    const counts = Object.fromEntries(Object.entries(movement).map(([key, { count }]) => [key, count]));
    const moved = { start: 2, received: 2, convertedIn: 1, reopened: 1, closures: 0, removed: 3, end: 3 };
    assert.deepEqual(counts, moved);
    assert.deepEqual(movement.convertedIn.cases, [request.caseId]);
    assert.equal(received.count, 2);
    // what was merged later was no removal then
    assert.equal(resolutionRate.of, 2);
  });
});
