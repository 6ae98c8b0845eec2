/** Plays a case as engineers would: every act passes the guards, becomes an event, and the log is folded anew. */
import assert from 'node:assert/strict';
import { isSafeName } from '../../../src/domain/attachments/names';
import { type CaseEvent, headsOf, nextLamport } from '../../../src/domain/case/event';
import { fold } from '../../../src/domain/case/fold';
import { newUlid } from '../../../src/domain/case/ids';
import { type CaseKind, type CaseState, emptyCase } from '../../../src/domain/case/state';
import { defaultTimings } from '../../../src/domain/casebook';
import { duesOf } from '../../../src/domain/dues';
import { type Act, check, eventDataOf, procedureOf } from '../../../src/domain/sop/engine';
import { environmentItems, environmentOf, type FieldDef, isShown, rowsOf, textOf } from '../../../src/domain/sop/field';
import { currentPlan } from '../../../src/domain/sop/issueFix';
import type { Missing } from '../../../src/domain/sop/missing';
import { presentAttachments } from '../../../src/domain/sop/evidence';
import { type ActionDef, type Context, findAction, findStep } from '../../../src/domain/sop/procedure';
import { isConclusion, lastCheck } from '../../../src/domain/sop/requestStatus';
import { toIso } from '../../../src/domain/time';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const iso = (instant: number) => toIso(instant, 480);

export type Raw = Record<string, unknown>;
/** A number from 0 below the given one. */
export type Pick = (below: number) => number;
const first: Pick = () => 0;

export const fullEnvironment: Raw = Object.fromEntries(
  environmentItems.map(({ key }) => [
    key,
    key === 'users' ? { cannot: 'the server keeps no such log' } : { value: key },
  ]),
);

let serials = 0;

export class Play {
  readonly id: string;
  events: readonly CaseEvent[] = [];
  state: CaseState;
  now = Date.parse('2026-11-02T09:00:00+08:00');
  by = 'Li Wei <li.wei@example.com>';
  supportMaySolve = true;

  constructor(readonly kind: CaseKind) {
    this.id = kind === 'issue' ? 'ISS-20261102-7K3F' : 'REQ-20261102-7K3F';
    this.state = emptyCase(this.id, kind);
  }

  get context(): Context {
    return { now: iso(this.now), timings: defaultTimings, supportMaySolve: this.supportMaySolve };
  }

  definition(action: string): ActionDef {
    const definition = findAction(procedureOf(this.kind), action);
    assert.ok(definition, `there is an action ${action}`);
    return definition;
  }

  lacks(act: Act): readonly Missing[] {
    return check(this.state, act, this.context);
  }

  /** Writes an event past the guards. */
  write(type: string, data: CaseEvent['data'], more: Partial<CaseEvent> = {}): this {
    serials += 1;
    const serial = serials;
    const bytes = (size: number) => Uint8Array.from({ length: size }, (_, index) => Math.floor(serial / 32 ** index));
    const event: CaseEvent = {
      id: newUlid(this.now, bytes),
      n: nextLamport(this.events),
      at: iso(this.now),
      by: this.by,
      type,
      data,
      after: headsOf(this.events),
      ...more,
    };
    // through JSON, as it lies on disk
    return this.take([JSON.parse(JSON.stringify(event)) as CaseEvent]);
  }

  /** Adds events of another copy. */
  take(events: readonly CaseEvent[]): this {
    this.events = [...this.events, ...events];
    this.state = fold(this.id, this.events);
    this.now += MINUTE;
    return this;
  }

  /** True when the guards let it pass, and it is written. */
  tries(act: Act): boolean {
    if (this.lacks(act).length > 0) return false;
    this.write(act.action, eventDataOf(this.state, act));
    return true;
  }

  does(action: string, values: Raw = {}, target?: string): this {
    const act: Act = { action, values, ...(target === undefined ? {} : { for: target }) };
    assert.deepEqual(
      this.lacks(act).map((item) => item.code),
      [],
      `${action} at ${this.state.step}`,
    );
    assert.ok(this.tries(act));
    assert.deepEqual(this.state.conflicts, [], `${action} contradicts nothing`);
    return this;
  }

  /** Does it with what its form usually holds, changed by these values; undefined leaves a field out. */
  usual(action: string, values: Raw = {}): this {
    return this.does(action, this.form(action, values));
  }

  form(action: string, values: Raw = {}): Raw {
    const form: Raw = { ...usualValues(this.definition(action), this.state, this.now, first, values), ...values };
    return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined));
  }

  /** It is refused for exactly these reasons, "code" or "code@field", and nothing is written. */
  refuses(action: string, values: Raw, reasons: readonly string[], target?: string): this {
    const before = this.events.length;
    const act: Act = { action, values, ...(target === undefined ? {} : { for: target }) };
    const missing = this.lacks(act);
    const named = new Set(reasons.filter((reason) => reason.includes('@')).map((reason) => reason.split('@')[0]));
    const found = missing.map((item) => (named.has(item.code) ? `${item.code}@${item.field}` : item.code));
    assert.deepEqual(found.toSorted(), reasons.toSorted(), `${action} at ${this.state.step}`);
    for (const item of missing) assert.ok(item.text.en !== '' && item.text.zh !== '', item.code);
    assert.equal(this.events.length, before);
    return this;
  }

  /** The usual form, changed so, is refused. */
  refusesUsual(action: string, values: Raw, reasons: readonly string[]): this {
    return this.refuses(action, this.form(action, values), reasons);
  }

  /** What the action lacks can't be excused, whatever is tried: the hard way round the guards stays shut. */
  cannotExcuse(action: string, code: string): this {
    return this.refuses('excuse', { codes: [code], reason: 'no time' }, ['not-excusable@codes'], action);
  }

  isAt(step: string, round = this.state.round): this {
    assert.equal(this.state.step, step);
    assert.equal(this.state.round, round);
    assert.equal(this.state.status, 'open');
    return this;
  }

  wait(milliseconds: number): this {
    this.now += milliseconds;
    return this;
  }

  copy(by: string): Play {
    const copy = new Play(this.kind);
    copy.events = this.events;
    copy.state = this.state;
    copy.now = this.now;
    copy.by = by;
    return copy;
  }

  /** Does what usually happens until the case is there. */
  until(step: string): this {
    for (let turns = 0; this.state.step !== step || this.events.length === 0; turns += 1) {
      assert.ok(turns < 40, `${step} is reached`);
      if (this.events.length === 0) this.does('open', this.form(procedureOf(this.kind).intake));
      else this.usual(usualAction(this.state));
    }
    return this;
  }

  holds(): this {
    assertInvariants(this.state);
    return this;
  }
}

export const anIssue = (step = '1.1') => new Play('issue').until(step);
export const aRequest = (step = '1.1') => new Play('request').until(step);

/** The action that leads on along the straight way. */
export function usualAction(state: CaseState): string {
  if (state.kind === 'request') {
    const steps: Raw = {
      '1.1': 'record',
      '1.2': 'submit',
      '2.1': 'firstReply',
      '3.1': 'check',
      '3.2': 'sync',
      '4.1': 'close',
    };
    if (state.step === '2.2') return state.talks.length === 0 ? 'talk' : 'align';
    return String(steps[state.step]);
  }
  const { internal, appointment, upgrade } = state.verification;
  switch (state.step) {
    case '3.2':
      return state.followUps.some((entry) => entry.round === state.round && entry.plan === state.planRevision)
        ? 'plan'
        : 'followUp';
    case '4.1':
      return state.messages.some((message) => message.purpose === 'plan' && message.plan === state.planRevision)
        ? 'accept'
        : 'informCustomer';
    case '4.2':
      if (!internal) return 'verifyInternal';
      if (!appointment) return 'appoint';
      return upgrade ? 'verifyCustomer' : 'upgrade';
    default: {
      const steps: Raw = {
        '1.1': 'receive',
        '1.2': 'assess',
        '2.1': 'reproduce',
        '2.2': 'createTicket',
        '3.1': 'route',
        '5.1': 'close',
        '5.2': 'archive',
      };
      return String(steps[state.step]);
    }
  }
}

interface Filling {
  readonly state: CaseState;
  readonly now: number;
  readonly pick: Pick;
  readonly values: Raw;
  readonly action: string;
}

const oneOf = <T>(pick: Pick, ...choices: readonly T[]) => choices[pick(choices.length)];

/** What the usual way needs more than "something of the right shape". */
const special: Readonly<Record<string, (filling: Filling) => unknown>> = {
  occurrence: ({ pick }) => oneOf(pick, 'moment', 'range', 'unknown'),
  occurredAt: ({ now }) => iso(now - 3 * HOUR),
  occurredUntil: ({ now }) => iso(now - 2 * HOUR),
  receivedAt: ({ now }) => iso(now - HOUR),
  coreAffected: ({ pick }) => oneOf(pick, false, true),
  workaround: ({ pick }) => oneOf(pick, true, false, false),
  override: () => undefined,
  outcome: ({ pick }) => oneOf(pick, 'stable', 'intermittent', 'notReproduced'),
  attempts: () => 4,
  reproduced: ({ values }) => (values['outcome'] === 'stable' ? 4 : values['outcome'] === 'intermittent' ? 2 : 0),
  sent: ({ state }) =>
    [
      textOf(state.values['receive'], 'description'),
      ...rowsOf(state.values['reproduce'], 'steps'),
      ...Object.values(environmentOf(state.values['reproduce'])).map((item) => item.value ?? item.cannot),
      'sent',
    ].join('\n'),
  ticketKey: ({ state }) => state.ticket?.key ?? 'DEV-1',
  url: () => undefined,
  text: ({ state, action }) => {
    const plan = currentPlan(state);
    const known = lastCheck(state);
    if (action === 'informCustomer') return `Fixed in ${plan?.version}, on ${plan?.date}.`;
    return action === 'sync' ? `It stands so: ${known?.status} ${known?.version} ${known?.reason}` : 'A message.';
  },
  fixVersion: ({ state }) => `5.3.${state.planRevision}`,
  fixDate: () => '2026-12-05',
  nextFollowUp: () => undefined,
  start: ({ now }) => iso(now + DAY),
  end: ({ now }) => iso(now + DAY + HOUR),
  result: ({ pick }) => oneOf(pick, 'passed', 'passed', 'passed', 'failed'),
  newUrgency: ({ pick }) => oneOf(pick, 'keep', 'urgent', 'normal', 'high'),
  disposition: ({ state, action, pick }) =>
    action === 'close' ? currentPlan(state)?.disposition : oneOf(pick, 'notADefect', 'wontFix'),
  conclusion: ({ state }) => lastCheck(state)?.status,
  status: ({ pick }) =>
    oneOf(pick, 'released', 'waiting', 'underEvaluation', 'scheduled', 'inDevelopment', 'notAdopted', 'other'),
  version: ({ state, action }) => (action === 'close' ? lastCheck(state)?.version : '5.2.1'),
  reason: ({ state, action }) => (action === 'close' ? lastCheck(state)?.reason : 'because it is so'),
  final: ({ pick }) => oneOf(pick, true, false),
  nextAt: ({ now }) => iso(now + 5 * DAY),
  intervalDays: () => undefined,
  due: ({ state, pick }) => oneOf(pick, ...duesOf(state, defaultTimings).map(({ kind }) => kind), 'followUp'),
  until: ({ now }) => iso(now + 6 * DAY),
  typical: ({ state }) => state.articles.some((article) => article.flagged === undefined),
  tags: ({ pick }) => ['shm', 'month end', '升级'].slice(pick(3)),
  otherCase: () => 'ISS-20260101-AAAA',
  name: ({ state, action, pick }) =>
    action === 'removeAttachment'
      ? presentAttachments(state)[pick(presentAttachments(state).length)]?.name
      : `${oneOf(pick, 'error', '截图')} ${pick(4)}.log`,
  size: ({ pick }) => pick(2000),
  sha256: ({ pick }) => String(pick(9)),
  progress: ({ pick }) => oneOf(pick, 'open', 'inProgress', 'toVerify', 'done'),
  request: ({ pick }) => oneOf(pick, 'evaluating', 'scheduled', 'released', 'notAdopted'),
  seenAt: ({ now, pick }) => iso(now - pick(3) * MINUTE),
  deed: ({ pick }) => oneOf(pick, 'comment', 'close', 'reactivate'),
};

function plain(field: FieldDef, { now, pick }: Filling): unknown {
  switch (field.type) {
    case 'choice':
      return field.options?.[pick(field.options.length)]?.value;
    case 'yesNo':
    case 'confirm':
      return true;
    case 'dateTime':
      return iso(now);
    case 'date':
      return '2026-11-01';
    case 'number':
      return 3;
    case 'rows':
      return ['Open the report', 'Choose last month'];
    case 'environment':
      return fullEnvironment;
    case 'questions':
      return [{ question: 'For all tenants?', answer: 'Yes' }];
    case 'text':
    case 'longText':
    case 'combo':
    case 'person':
      return `${field.label.en} ${pick(3)}`;
  }
}

/** A form that is filled in well. @param given decides which fields are shown, and is not repeated */
export function usualValues(definition: ActionDef, state: CaseState, now: number, pick: Pick, given: Raw = {}): Raw {
  const kept = definition.keeps ? (state.values[definition.name] ?? {}) : {};
  const made: Raw = {};
  // twice: some fields are shown once others are filled
  for (const field of [...definition.fields, ...definition.fields]) {
    const values = { ...kept, ...made, ...given };
    if (made[field.key] !== undefined || field.key in given) continue;
    const isFilledByCasebook = field.internal && field.key in special;
    if (!isFilledByCasebook && !isShown(field, values as typeof kept, state)) continue;
    const filling: Filling = { state, now, pick, values, action: definition.name };
    const fill = special[field.key];
    const value = fill ? fill(filling) : plain(field, filling);
    if (value !== undefined) made[field.key] = value;
  }
  return made;
}

/** The steps of this round that led to where the case is: going back takes the later ones off. */
export function pathOf(state: CaseState): readonly string[] {
  return state.visits
    .filter((visit) => visit.round === state.round)
    .reduce<string[]>((path, { step }) => [...path.filter((earlier) => earlier < step), step], []);
}

function isVerified(verification: CaseState['verification'] | undefined): boolean {
  return verification?.internal?.passed === true && verification.customer?.passed === true;
}

/** Invariants 1-5 and 8 of the procedures' design, on a folded state. */
export function assertInvariants(state: CaseState): void {
  const where = `${state.kind} ${state.step} round ${state.round} ${state.status}`;
  assert.ok(findStep(procedureOf(state.kind), state.step), where);
  assert.equal(state.round, 1 + state.reactivations.length, `5: ${where}`);
  assert.equal(state.rounds.length, state.reactivations.length, `5: ${where}`);
  const names = state.attachments.map((attachment) => attachment.name);
  assert.equal(new Set(names).size, names.length, `attachments: ${where}`);
  for (const name of names) assert.ok(isSafeName(name), `attachments: ${name} ${where}`);
  if (state.kind === 'request') {
    if (state.status === 'closed') {
      const told = lastCheck(state);
      assert.ok(told?.told && isConclusion(told), `8: ${where}`);
      const closure = state.closures.at(-1);
      assert.equal(closure?.disposition, told.status, `8: ${where}`);
      const message = state.messages.findLast((entry) => entry.purpose === 'status' && entry.round === state.round);
      assert.equal(message?.status, told.status, `8: ${where}`);
      assert.equal(message?.to, 'customer');
      assert.ok(message?.text.includes(told.version) && message.text.includes(told.reason), `8: ${message?.text}`);
      assert.equal(textOf(state.values['close'], 'conclusion'), told.status, `8: ${where}`);
    }
    return;
  }
  const plan = currentPlan(state);
  if (state.step.startsWith('5.')) {
    assert.ok(plan, `1: ${where}`);
    if (plan.kind === 'fix') assert.ok(isVerified(state.verification), `1: ${where}`);
  }
  for (const closure of state.closures) {
    const round = state.rounds.find((entry) => entry.round === closure.round);
    const verification = closure.round === state.round ? state.verification : round?.verification;
    if (closure.disposition === 'fixed') assert.ok(isVerified(verification), `1: ${where}`);
    else assert.notEqual(closure.disposition, '', `1: ${where}`);
  }
  if (state.urgency === 'urgent' && state.step > '1.2') {
    assert.ok(state.emergency?.notified, `2: ${where}`);
    assert.notEqual(state.emergency.notified.lead.trim(), '', `2: ${where}`);
  }
  // past 2.1, however it came there; only an answer of support goes to the customer without a ticket
  const isWithRd = state.step > '2.1' && (state.step < '4.1' || plan?.kind !== 'support');
  if (isWithRd || pathOf(state).includes('2.2')) {
    const reproduction = state.values['reproduce'];
    const outcome = textOf(reproduction, 'outcome');
    assert.notEqual(outcome, '', `3: ${where}`);
    if (outcome !== 'stable') {
      const environment = environmentOf(reproduction);
      for (const { key } of environmentItems) {
        const item = environment[key];
        assert.notEqual(`${item?.value ?? ''}${item?.cannot ?? ''}`.trim(), '', `3: ${key} ${where}`);
      }
    }
  }
  assert.equal(state.planRevision, state.plans.length, `4: ${where}`);
  assert.equal(plan?.revision ?? 0, state.planRevision, `4: ${where}`);
  if (state.step === '4.2' || state.step.startsWith('5.')) {
    assert.equal(plan?.answer?.accepted, true, `4: ${where}`);
    assert.equal(plan.round, state.round, `4: ${where}`);
    const told = state.messages.some((entry) => entry.purpose === 'plan' && entry.plan === plan.revision);
    assert.ok(told, `4: ${where}`);
  }
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
