/** The service report's figures of urgency, follow-ups and knowledge, and what counts when: late entries, frozen reports, asOf. */
import { strict as assert } from 'node:assert';
import { lackWords } from '../../../src/domain/report/appendix';
import { pseudonymsOf } from '../../../src/domain/report/document/pseudonyms';
import { PeriodError } from '../../../src/domain/report/period';
import { isWhole } from '../../../src/domain/report/scope';
import { excusableCodes, procedureOf } from '../../../src/domain/sop/engine';
import { at, issueAt, report, requestAt, settings, solved, type Told, upTo } from './world';

const MINUTE = 60_000;

describe('urgent cases', () => {
  const core = { coreAffected: true, workaround: false };
  const urgent = (text: string) => issueAt(text).until('1.2').at(text).does('save', core, 'assess');

  it('are told to the lead within the target, late, or not yet', () => {
    const inTime = urgent('2026-09-02 10:00').at('2026-09-02 10:15').usual('notifyLead');
    const late = urgent('2026-09-02 11:00').at('2026-09-02 11:16').usual('notifyLead');
    const untold = urgent('2026-09-03 10:00');
    const lowered = urgent('2026-09-04 10:00').at('2026-09-04 10:05').does('save', { workaround: true }, 'assess');
    const before = urgent('2026-08-02 10:00');
    const { urgent: figures } = report('2026-09', [inTime, late, untold, lowered, before]).service;
    assert.equal(figures.targetMinutes, 15);
    assert.deepEqual(figures.cases.count, 4);
    assert.deepEqual([figures.toldInTime.part, figures.toldInTime.of], [1, 3]);
    assert.deepEqual(figures.toldInTime.cases, [inTime.caseId]);
    assert.deepEqual(figures.untold.cases, [untold.caseId, lowered.caseId]);
    assert.deepEqual([figures.untilTold.n, figures.untilTold.mean], [2, 15.5 * MINUTE]);
  });

  it('whose time has not run out yet are not late', () => {
    const now = at('2026-09-03 10:10');
    const { toldInTime, untold } = report('2026-09', [urgent('2026-09-03 10:00')], { now }).service.urgent;
    assert.deepEqual([toldInTime.of, untold.count], [0, 1]);
  });
});

describe('follow-ups', () => {
  const following = () => upTo(issueAt('2026-09-01 10:00'), '3.2', '2026-09-01 12:00');
  const next = (story: Told, text: string, nextAt: string) =>
    story.at(text).usual('followUp', { nextAt: `${nextAt.replace(' ', 'T')}:00+08:00` });

  it('are done by their due time, late, or missed', () => {
    const inTime = next(following(), '2026-09-01 12:00', '2026-09-03 10:00');
    next(inTime, '2026-09-03 09:59', '2026-10-20 10:00');
    const late = next(following(), '2026-09-01 12:00', '2026-09-03 10:00');
    next(late, '2026-09-03 10:01', '2026-10-20 10:00');
    const missed = next(following(), '2026-09-01 12:00', '2026-09-30 10:00');
    const { followUps } = report('2026-09', [inTime, late, missed]).service;
    // each of the three was also done once in the time that the team's interval gives
    assert.deepEqual([followUps.discipline.part, followUps.discipline.of], [4, 6]);
    assert.deepEqual([followUps.late.cases, followUps.missed.cases], [[late.caseId], [missed.caseId]]);
  });

  it('that were put off in time, or became needless, were never due', () => {
    const putOff = next(following(), '2026-09-01 12:00', '2026-09-03 10:00');
    putOff.at('2026-09-02 10:00').usual('snooze', { due: 'followUp', until: '2026-10-10T10:00:00+08:00' });
    const planned = next(following(), '2026-09-01 12:00', '2026-09-03 10:00').at('2026-09-02 10:00').usual('plan');
    const { discipline } = report('2026-09', [putOff, planned]).service.followUps;
    assert.deepEqual([discipline.part, discipline.of], [2, 2]);
  });

  it('of a request go by its checks', () => {
    const story = upTo(requestAt('2026-09-01 10:00'), '3.1', '2026-09-01 12:00');
    story.usual('check', { status: 'underEvaluation', nextAt: '2026-09-08T12:00:00+08:00' }).usual('sync');
    const { discipline, missed } = report('2026-09', [story]).service.followUps;
    assert.deepEqual([discipline.part, discipline.of, missed.count], [1, 2, 1]);
  });
});

describe('knowledge', () => {
  const link = (story: Told, path: string, commit: string) =>
    story.usual('linkArticle', { path, title: `About ${path}`, commit });

  it('counts articles once, cases closed with one, and links to what was there already', () => {
    const first = link(solved(issueAt('2026-09-01 10:00'), '2026-09-02 10:00'), 'a.md', 'c1');
    const second = link(solved(issueAt('2026-09-01 10:00'), '2026-09-02 10:00'), 'a.md', 'c2');
    const reused = link(solved(issueAt('2026-09-01 10:00'), '2026-09-02 10:00'), 'b.md', '');
    const without = solved(issueAt('2026-09-01 10:00'), '2026-09-02 10:00');
    const { knowledge } = report('2026-09', [first, second, reused, without]).service;
    assert.deepEqual([knowledge.committed.count, knowledge.committed.cases], [1, [first.caseId, second.caseId]]);
    assert.deepEqual(knowledge.articles, [{ path: 'a.md', title: 'About a.md', cases: [first.caseId, second.caseId] }]);
    assert.deepEqual([knowledge.closedWithArticle.part, knowledge.closedWithArticle.of], [3, 4]);
    assert.deepEqual(knowledge.reuse.cases, [reused.caseId]);
  });
});

describe('deviations', () => {
  it('are listed with what was lacking and why', () => {
    const story = issueAt('2026-09-01 10:00', { impact: undefined }).at('2026-09-02 10:00');
    story.does('excuse', { codes: ['required:impact'], reason: 'nobody could tell' }, 'receive');
    const { deviations } = report('2026-09', [story]);
    assert.deepEqual(
      deviations.map(({ case: id, action, lacked, reason }) => [id, action.zh, lacked.zh, reason]),
      [[story.caseId, '反馈已完整', '影响范围', 'nobody could tell']],
    );
    assert.deepEqual(report('2026-08', [story]).deviations, []);
  });

  it('have words for every code that may be excused', () => {
    for (const kind of ['issue', 'request'] as const) {
      for (const action of Object.values(procedureOf(kind).actions)) {
        const fields = new Set(action.fields.map(({ key }) => `required:${key}`));
        for (const code of excusableCodes(action)) assert.ok(fields.has(code) || code in lackWords, code);
      }
    }
  });
});

describe('a case that is entered afterwards', () => {
  const backFilled = () =>
    issueAt('2026-10-12 09:00', { receivedAt: '2026-09-28T10:00:00+08:00', occurredAt: '2026-09-28T10:00:00+08:00' });

  it('belongs to the period of its receivedAt', () => {
    const story = upTo(backFilled(), '2.1', '2026-10-12 10:00');
    const september = report('2026-09', [story]);
    assert.deepEqual(september.service.received.cases, [story.caseId]);
    assert.deepEqual([september.cases[0]?.customer, september.cases[0]?.step], ['Acme', '1.1']);
    assert.deepEqual(september.late, []);
    const october = report('2026-10', [story]);
    assert.deepEqual([october.service.received.count, october.service.movement.start.count], [0, 1]);
    assert.deepEqual(october.late, []);
  });

  it('is listed as 补录 in the report after a frozen one, as is a closing that was logged late', () => {
    const story = backFilled();
    const known = solved(issueAt('2026-09-20 10:00'), '2026-09-21 10:00');
    const closedLate = upTo(issueAt('2026-09-20 10:00'), '2.1', '2026-09-29 10:00').usual('solveBySupport');
    closedLate.usual('informCustomer').usual('accept').at('2026-10-12 10:00');
    closedLate.usual('close', { closedAt: '2026-09-30T10:00:00+08:00' });
    const frozen = [
      {
        period: '2026-09',
        start: '2026-09-01T00:00:00+08:00',
        end: '2026-10-01T00:00:00+08:00',
        frozenAt: '2026-10-05T09:00:00+08:00',
        received: [known.caseId, closedLate.caseId],
        closed: [known.caseId],
      },
    ];
    const { late } = report('2026-10', [story, known, closedLate], { frozen });
    assert.deepEqual(
      late.map(({ case: id, period, what, at: happened }) => [id, period, what, happened]),
      [
        [story.caseId, '2026-09', 'received', '2026-09-28T10:00:00+08:00'],
        [closedLate.caseId, '2026-09', 'closed', '2026-09-30T10:00:00+08:00'],
      ],
    );
    assert.deepEqual(report('2026-11', [story, known, closedLate], { frozen }).late, []);
  });
});

describe('a customer that was renamed', () => {
  it('is one customer, under its name at report time', () => {
    const customers = [{ name: 'Acme Group', formerNames: ['Acme'] }];
    const stories = [issueAt('2026-09-01 10:00'), issueAt('2026-09-02 10:00', { customer: 'Acme Group' })];
    const made = report('2026-09', stories, { settings: { ...settings, customers } });
    assert.deepEqual(
      made.concentration.customers.map(({ key, count }) => [key, count]),
      [['Acme Group', 2]],
    );
    assert.deepEqual(
      made.cases.map(({ customer }) => customer),
      ['Acme Group', 'Acme Group'],
    );
  });

  it('leaves its former name to a customer that bears it today', () => {
    const customers = [
      { name: 'Acme Group', formerNames: ['Acme', 'Beta'], contacts: [] },
      { name: 'Beta', contacts: [] },
    ];
    const stories = ['Acme', 'Beta', 'Beta'].map((customer) => issueAt('2026-09-01 10:00', { customer }));
    const made = report('2026-09', stories, { settings: { ...settings, customers } });
    assert.deepEqual(
      made.concentration.customers.map(({ key, count }) => [key, count]),
      [
        ['Beta', 2],
        ['Acme Group', 1],
      ],
    );
    const pseudonyms = pseudonymsOf(made, { customers }, 'en');
    assert.deepEqual(
      ['Beta', 'Acme Group', 'Acme'].map((name) => pseudonyms.get(name)),
      ['Customer A', 'Customer B', 'Customer B'],
    );
  });
});

describe('a filter', () => {
  it('leaves only the cases that agree with every part of it', () => {
    const stories = [
      issueAt('2026-09-01 10:00'),
      issueAt('2026-09-01 10:00', { customer: 'Beta' }),
      requestAt('2026-09-01 10:00'),
    ];
    const filter = { kind: 'issue' as const, customers: ['Acme'] };
    const made = report('2026-09', stories, { filter });
    assert.deepEqual(made.service.received.cases, [stories[0]?.caseId]);
    assert.deepEqual(
      made.usage.customers.map(({ customer }) => customer),
      ['Acme'],
    );
    assert.deepEqual(made.filter, filter);
  });

  it('leaves nothing out where its lists are empty', () => {
    const stories = [issueAt('2026-09-01 10:00')];
    const filter = { customers: [], products: [] };
    assert.ok(isWhole(filter));
    assert.deepEqual(report('2026-09', stories, { filter }), report('2026-09', stories));
  });

  it('finds a customer by any name that it ever had', () => {
    const named = { ...settings, customers: [{ name: 'Acme Group', formerNames: ['Acme'] }] };
    const filter = { customers: ['Acme'] };
    const made = report('2026-09', [issueAt('2026-09-01 10:00')], { settings: named, filter });
    assert.equal(made.service.received.count, 1);
    assert.deepEqual(made.filter, { customers: ['Acme Group'] });
  });
});

describe('asOf', () => {
  it('shuts out what happened later, so that a past report can be made again', () => {
    const story = upTo(issueAt('2026-09-01 10:00'), '2.1', '2026-09-29 10:00').usual('solveBySupport');
    const other = issueAt('2026-09-10 10:00');
    const now = at('2026-10-01 00:00');
    const before = report('2026-09', [story, other], { now });
    story.at('2026-10-09 10:00').usual('informCustomer').usual('accept').usual('close');
    other.at('2026-10-09 10:00').does('save', { customer: 'Another', version: '9' }, 'receive').usual('withdraw');
    assert.deepEqual(report('2026-09', [story, other, issueAt('2026-10-02 10:00')], { now }), before);
  });

  it('is now in a period that still runs, and the report says so', () => {
    const now = Date.parse('2026-09-10T12:00:00+08:00');
    const made = report('2026-09', [issueAt('2026-09-01 10:00'), issueAt('2026-09-20 10:00')], { now });
    assert.deepEqual([made.isProvisional, made.asOf], [true, '2026-09-10T12:00:00+08:00']);
    assert.equal(made.service.received.count, 1);
    assert.equal(report('2026-09', []).isProvisional, false);
    assert.equal(report('2026-09', []).asOf, '2026-10-01T00:00:00+08:00');
  });

  it('cannot lie before the period', () => {
    const now = Date.parse('2026-09-01T00:00:00+08:00');
    assert.throws(
      () => report('2026-09', [], { now }),
      (error) => error instanceof PeriodError && error.reason === 'future',
    );
  });
});

describe('an empty period', () => {
  it('still gives a report, in which nothing is divided by nothing', () => {
    const made = report('2026-09', [], { settings: { ...settings, customers: [] } });
    const check = (value: unknown, path: string): void => {
      if (typeof value === 'number') assert.ok(Number.isFinite(value), path);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, part] of Object.entries(value)) check(part, `${path}.${key}`);
    };
    check(made, 'report');
    assert.deepEqual(JSON.parse(JSON.stringify(made)), made);
    assert.deepEqual([made.cases, made.drafts.results, made.drafts.plan], [[], [], []]);
    assert.deepEqual(made.headline.received, {
      count: 0,
      cases: [],
      change: { previous: 0, difference: 0, isNew: false },
    });
    assert.equal(made.concentration.sentences.customers.zh, '本期没有受理案例。');
  });
});
