/** A case from its events. Pure; never throws; what contradicts becomes a conflict, nothing is dropped. */
import {
  barrier,
  brokenInvariants,
  captured,
  correctionBarrier,
  excusableCodes,
  isKnown,
  procedureOf,
  takenBy,
  targetOf,
} from '../sop/engine';
import { isWithdrawn } from '../sop/closing';
import { settleUrgency, stampOf } from '../sop/effects';
import { readPatch, readValue, rowsOf, textOf, type Patch, type Value, type Values, withPatch } from '../sop/field';
import { generalActions, isGeneral, stepsToGoBackTo } from '../sop/general';
import type { Missing } from '../sop/missing';
import {
  type ActionDef,
  belongsToRound,
  findAction,
  homeOf,
  isBefore,
  type Move,
  type Procedure,
} from '../sop/procedure';
import { type Ancestry, ancestryOf, type CaseEvent, compareEvents, soundEvent } from './event';
import { isSamePerson } from '../person';
import { type CaseKind, type CaseState, type Conflict, type Draft, emptyCase } from './state';
import { kindOfId } from './ids';
import { isRecord } from '../record';

interface Folding {
  readonly draft: Draft;
  readonly procedure: Procedure;
  readonly ancestry: Ancestry;
  readonly byId: ReadonlyMap<string, CaseEvent>;
  /** Who last set a field, "action.field" → event id. Nobody asks where all events lie in one line. */
  readonly setBy: Map<string, string>;
  /** Conflict's event → the choice that settled it. */
  readonly settled: Map<string, string>;
}

/**
 * @param events in any order, with or without repetitions
 * @param each sees the case after every event, in their order; the state it is shown goes on changing
 */
export function fold(
  caseId: string,
  events: readonly CaseEvent[],
  each?: (state: CaseState, event: CaseEvent) => void,
): CaseState {
  const ordered = events.map(soundEvent).toSorted(compareEvents);
  const opening = ordered.find((event) => event.type === 'open');
  const draft = emptyCase(caseId, kindIn(opening) ?? kindOfId(caseId));
  const byId = new Map<string, CaseEvent>();
  const ancestry = ancestryOf(ordered);
  const setBy = new Map<string, string>();
  const folding: Folding = { draft, procedure: procedureOf(draft.kind), ancestry, byId, setBy, settled: new Map() };
  for (const event of ordered) {
    const known = byId.get(event.id);
    if (known) {
      if (JSON.stringify(known) !== JSON.stringify(event)) addConflict(folding, event, 'duplicate', {}, []);
      continue;
    }
    byId.set(event.id, event);
    applyEvent(folding, event);
    // who works on the case knows that it was handed over
    const isWork = findAction(folding.procedure, event.type)?.isOwnDoing !== true;
    if (isWork && draft.handover && isSamePerson(event.by, draft.owner)) delete draft.handover;
    draft.lastEvent = { ...stampOf(event), type: event.type };
    each?.(draft, event);
  }
  return draft;
}

function kindIn(opening: CaseEvent | undefined): CaseKind | undefined {
  const kind = opening?.data['kind'];
  return kind === 'issue' || kind === 'request' ? kind : undefined;
}

function applyEvent(folding: Folding, event: CaseEvent): void {
  const { draft, procedure } = folding;
  if (!isKnown(draft.kind, event)) {
    draft.unknown = [...draft.unknown, event];
    return;
  }
  if (isGeneral(event.type)) {
    applyGeneral(folding, event);
    return;
  }
  const definition = findAction(procedure, event.type);
  if (definition) applyAction(folding, definition, event);
}

function applyAction(folding: Folding, definition: ActionDef, event: CaseEvent): void {
  const { draft } = folding;
  const { patch } = readPatch(definition.fields, event.data.values);
  if (isOutOfPlace(folding, definition, event)) {
    addConflict(folding, event, 'place', patch, []);
    return;
  }
  const values = captured(definition, draft, patch);
  const broken = brokenInvariants(definition, draft, values);
  if (broken.length > 0) {
    addConflict(folding, event, 'guard', patch, broken);
    return;
  }
  if (definition.keeps) keep(folding, definition, patch, event);
  writeEffects(folding, definition, event, () => {
    definition.derive?.(draft, { event, values });
    definition.apply?.(draft, { event, values });
  });
  const move = definition.next?.(draft, values);
  if (move) go(folding, move, event, textOf(values, 'reason'));
}

/** Done at another step or round, or about another plan or status, than the folded case is at. */
function isOutOfPlace({ draft, ancestry }: Folding, definition: ActionDef, event: CaseEvent): boolean {
  if (barrier(definition, draft) !== undefined) return true;
  const { round, plan, checks } = event.data;
  const isOfRound = Array.isArray(definition.on) || definition.binds === 'round';
  // who reopened a closed case never saw that another copy had withdrawn it
  if (definition.binds === 'round' && (event.data.resumes === true) !== isWithdrawn(draft)) return true;
  if (isOfRound && round !== undefined && round !== draft.round) return true;
  // a number alone may mean another plan: the other copy's, of the same number
  const knew = (bound: { readonly event: string } | undefined) =>
    bound === undefined || ancestry.knew(event.id, bound.event);
  if (definition.binds === 'plan')
    return (plan ?? draft.planRevision) !== draft.planRevision || !knew(draft.plans.at(-1));
  if (definition.binds === 'status')
    return (checks ?? draft.checks.length) !== draft.checks.length || !knew(draft.checks.at(-1));
  return false;
}

/** Captured values, where the other side wrote them unknowingly: the later wins and the earlier is shown. */
class Losses {
  readonly #bySetter = new Map<string, Record<string, Value | null>>();

  constructor(
    private readonly folding: Folding,
    private readonly action: string,
    private readonly event: CaseEvent,
  ) {}

  note(key: string, old: Value | undefined, value: Value | undefined): void {
    const { ancestry, setBy } = this.folding;
    const setter = setBy.get(`${this.action}.${key}`);
    if (setter === undefined || setter === this.event.id || ancestry.knew(this.event.id, setter)) return;
    if (JSON.stringify(old) === JSON.stringify(value)) return;
    this.#bySetter.set(setter, { ...this.#bySetter.get(setter), [key]: old ?? null });
  }

  show(): void {
    for (const [setter, patch] of this.#bySetter) {
      const loser = this.folding.byId.get(setter);
      if (loser) addConflict(this.folding, { ...loser, type: this.action }, 'value', patch, []);
    }
  }
}

function keep(folding: Folding, definition: ActionDef, patch: Patch, event: CaseEvent): void {
  const { draft } = folding;
  const before = draft.values[definition.name] ?? {};
  draft.values = { ...draft.values, [definition.name]: withPatch(before, patch) };
  if (folding.ancestry.isOneLine) return;
  const losses = new Losses(folding, definition.name, event);
  for (const [key, value] of Object.entries(patch)) {
    losses.note(key, before[key], value ?? undefined);
    folding.setBy.set(`${definition.name}.${key}`, event.id);
  }
  losses.show();
}

/** What an action writes into the forms of others counts as written by it, and can lose what another copy wrote there. */
function writeEffects(folding: Folding, definition: ActionDef, event: CaseEvent, write: () => void): void {
  const { draft } = folding;
  const before = draft.values;
  if (definition.name === 'assess') settleUrgency(draft, event);
  write();
  const after = draft.values;
  if (after === before || folding.ancestry.isOneLine) return;
  for (const action of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[action] ?? {}, after[action] ?? {}];
    if (old === now) continue;
    const losses = new Losses(folding, action, event);
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      if (JSON.stringify(old[key]) === JSON.stringify(now[key])) continue;
      losses.note(key, old[key], now[key]);
      if (now[key] === undefined) folding.setBy.delete(`${action}.${key}`);
      else folding.setBy.set(`${action}.${key}`, event.id);
    }
    losses.show();
  }
}

function addConflict(
  { draft }: Folding,
  event: CaseEvent,
  kind: Conflict['kind'],
  patch: Patch,
  missing: readonly Missing[],
): void {
  const { round } = event.data;
  const action = event.data.for !== undefined && isGeneral(event.type) ? event.data.for : event.type;
  const isSame = (entry: Conflict) => kind === 'value' && entry.kind === kind && entry.event === event.id;
  // one event may lose its values to several others: still one conflict
  const earlier = draft.conflicts.find((entry) => isSame(entry) && entry.action === action);
  const values = { ...withPatch({}, patch), ...earlier?.values };
  const conflict: Conflict = {
    event: event.id,
    kind,
    action,
    by: event.by,
    at: event.at,
    values,
    fields: [...new Set([...(earlier?.fields ?? []), ...Object.keys(patch)])],
    round: typeof round === 'number' ? round : draft.round,
    missing,
  };
  draft.conflicts = [...draft.conflicts.filter((entry) => entry !== earlier), conflict];
}

function go(folding: Folding, move: Move, event: CaseEvent, reason: string): void {
  const { draft } = folding;
  const stamp = stampOf(event);
  const last = draft.visits.at(-1);
  const visits =
    last && last.left === undefined ? [...draft.visits.slice(0, -1), { ...last, left: stamp }] : draft.visits;
  if ('end' in move) {
    draft.status = move.end;
    draft.statusReason = reason;
    draft.visits = visits;
    return;
  }
  if ('resume' in move) {
    draft.status = 'open';
    draft.statusReason = '';
    draft.visits = [...visits, { step: draft.step, round: draft.round, entered: stamp, reopened: reason }];
    return;
  }
  if ('restart' in move) {
    restart(folding, event, reason, move.reopened);
    draft.step = move.restart;
  } else {
    draft.step = move.to;
  }
  draft.visits = [...visits, { step: draft.step, round: draft.round, entered: stamp }];
}

/** Round + 1: earlier rounds stay readable, and nothing verified in them counts in this one (spec L33). */
function restart({ draft, procedure, setBy }: Folding, event: CaseEvent, reason: string, reopened: boolean): void {
  const isOfRound = (action: string) => {
    const definition = findAction(procedure, action);
    return definition !== undefined && belongsToRound(procedure, definition);
  };
  const split = (wanted: boolean) =>
    Object.fromEntries(Object.entries(draft.values).filter(([action]) => isOfRound(action) === wanted));
  draft.rounds = [
    ...draft.rounds,
    { round: draft.round, values: split(true), verification: draft.verification, ended: stampOf(event), reason },
  ];
  draft.values = split(false);
  for (const name of setBy.keys()) if (isOfRound(name.split('.')[0] ?? '')) setBy.delete(name);
  draft.verification = {};
  draft.status = 'open';
  draft.statusReason = '';
  draft.round += 1;
  draft.reactivations = [...draft.reactivations, { ...stampOf(event), reason, reopened }];
}

function applyGeneral(folding: Folding, event: CaseEvent): void {
  const { draft, procedure } = folding;
  const definition = targetOf(procedure, event.data.for);
  switch (event.type) {
    case 'open': {
      const intake = findAction(procedure, procedure.intake);
      const { patch } = readPatch(intake?.fields ?? [], event.data.values);
      if (draft.opened || !intake) return addConflict(folding, event, 'place', patch, []);
      draft.opened = stampOf(event);
      draft.owner = event.by;
      readImported(draft, event);
      draft.convertedFrom = typeof event.data['from'] === 'string' ? event.data['from'] : '';
      draft.visits = [{ step: '1.1', round: 1, entered: stampOf(event) }, ...draft.visits];
      return keep(folding, intake, patch, event);
    }
    case 'save': {
      const { patch } = readPatch(definition?.fields ?? [], event.data.values);
      if (!definition?.keeps || isOutOfPlace(folding, definition, event)) {
        return addConflict(folding, event, 'place', patch, []);
      }
      keep(folding, definition, patch, event);
      return writeEffects(folding, definition, event, nothing);
    }
    case 'correct':
      return applyCorrection(folding, definition, event);
    case 'excuse':
      return excuse(folding, definition, event);
    case 'goBack': {
      const { patch } = readPatch(generalActions.goBack.fields, event.data.values);
      const values = withPatch({}, patch);
      const to = textOf(values, 'to');
      const { step, round } = event.data;
      const fits = (step ?? draft.step) === draft.step && (round ?? draft.round) === draft.round;
      if (!fits || !stepsToGoBackTo(draft).includes(to)) {
        return addConflict(folding, event, 'place', patch, []);
      }
      draft.corrections = [
        ...draft.corrections,
        { ...stampOf(event), action: 'goBack', reason: textOf(values, 'reason') },
      ];
      return go(folding, { to }, event, '');
    }
    default:
      return settle(folding, event);
  }
}

function readImported(draft: Draft, event: CaseEvent): void {
  const { imported } = event.data;
  if (!isRecord(imported) || typeof imported['source'] !== 'string' || typeof imported['id'] !== 'string') return;
  const { source, id } = imported;
  draft.imported = { ...stampOf(event), source, id, isTaken: false, lastAt: '', status: '' };
}

const nothing = () => undefined;

function excuse(folding: Folding, definition: ActionDef | undefined, event: CaseEvent): void {
  const { draft } = folding;
  const { patch } = readPatch(generalActions.excuse.fields, event.data.values);
  const values = withPatch({}, patch);
  const allowed = definition ? excusableCodes(definition) : [];
  const codes = rowsOf(values, 'codes').filter((code) => allowed.includes(code));
  if (!definition || codes.length === 0) return addConflict(folding, event, 'place', patch, []);
  const { round } = event.data;
  const excused = codes.map((code) => ({
    ...stampOf(event),
    action: definition.name,
    code,
    // of the round in which it was given, also where another copy has begun the next one meanwhile
    round: typeof round === 'number' ? round : draft.round,
    reason: textOf(values, 'reason'),
  }));
  draft.deviations = [...draft.deviations, ...excused];
}

function applyCorrection(folding: Folding, definition: ActionDef | undefined, event: CaseEvent): void {
  const { draft } = folding;
  const { patch } = readPatch(definition?.fields ?? [], event.data.values);
  if (!definition || correctionBarrier(definition, draft) !== undefined || !isSameRound(folding, definition, event)) {
    return addConflict(folding, event, 'place', patch, []);
  }
  const values = captured(definition, draft, patch);
  const isLeft = isBefore(homeOf(definition) ?? '', draft.step);
  const broken = isLeft ? brokenInvariants(definition, draft, values) : [];
  if (broken.length > 0) return addConflict(folding, event, 'guard', patch, broken);
  rewrite(folding, definition, patch, values, event);
  const reason = readValue(generalActions.correct.fields[0], event.data['reason']);
  draft.corrections = [
    ...draft.corrections,
    { ...stampOf(event), action: definition.name, reason: typeof reason === 'string' ? reason : '' },
  ];
}

function rewrite(folding: Folding, definition: ActionDef, patch: Patch, values: Values, event: CaseEvent): void {
  keep(folding, definition, patch, event);
  writeEffects(folding, definition, event, () => definition.derive?.(folding.draft, { event, values }));
}

function isSameRound({ draft, procedure }: Folding, definition: ActionDef, event: CaseEvent): boolean {
  return !belongsToRound(procedure, definition) || (event.data.round ?? draft.round) === draft.round;
}

function settle(folding: Folding, event: CaseEvent): void {
  const { draft } = folding;
  const { patch } = readPatch(generalActions.settle.fields, event.data.values);
  const values = withPatch({}, patch);
  const [id, choice] = [textOf(values, 'event'), textOf(values, 'choice')];
  const conflict = draft.conflicts.find((entry) => entry.event === id);
  if (!conflict && choice !== '' && folding.settled.get(id) === choice) return;
  // settled otherwise in another copy, or no longer a conflict there: a person looks at it once more
  if (!conflict || choice === '') return addConflict(folding, event, 'place', patch, []);
  if (choice === 'take') {
    const taken = takenBy(draft, conflict);
    if (!taken.definition) return addConflict(folding, event, 'place', patch, []);
    if (taken.broken.length > 0) return addConflict(folding, event, 'guard', patch, taken.broken);
    rewrite(folding, taken.definition, taken.patch, captured(taken.definition, draft, taken.patch), event);
  }
  folding.settled.set(id, choice);
  draft.conflicts = draft.conflicts.filter((entry) => entry !== conflict);
}
