/** A case from its events. Pure; never throws; what contradicts becomes a conflict, nothing is dropped. */
import { captured, isKnown, lackOf, procedureOf, targetOf, barrier, correctionBarrier } from '../sop/engine';
import { settleUrgency, stampOf } from '../sop/effects';
import { readPatch, readValue, rowsOf, textOf, type Patch, type Value, type Values, withPatch } from '../sop/field';
import { generalActions, isGeneral, stepsToGoBackTo } from '../sop/general';
import type { Missing } from '../sop/missing';
import { type ActionDef, homeOf, isBefore, type Context, type Move, type Procedure } from '../sop/procedure';
import { defaultTimings } from '../casebook';
import { type Ancestry, ancestryOf, type CaseEvent, compareEvents } from './event';
import { type CaseKind, type CaseState, type Conflict, type Draft, emptyCase } from './state';
import { kindOfId } from './ids';

interface Folding {
  readonly draft: Draft;
  readonly procedure: Procedure;
  readonly ancestry: Ancestry;
  readonly byId: ReadonlyMap<string, CaseEvent>;
}

/** @param events in any order, with or without repetitions */
export function fold(caseId: string, events: readonly CaseEvent[]): CaseState {
  const ordered = events.toSorted(compareEvents);
  const opening = ordered.find((event) => event.type === 'open');
  const draft = emptyCase(caseId, kindIn(opening) ?? kindOfId(caseId));
  const byId = new Map<string, CaseEvent>();
  const folding: Folding = { draft, procedure: procedureOf(draft.kind), ancestry: ancestryOf(ordered), byId };
  for (const event of ordered) {
    const known = byId.get(event.id);
    if (known) {
      if (JSON.stringify(known) !== JSON.stringify(event)) addConflict(folding, event, 'duplicate', {}, []);
      continue;
    }
    byId.set(event.id, event);
    applyEvent(folding, event);
    draft.lastEvent = { ...stampOf(event), type: event.type };
  }
  return draft;
}

function kindIn(opening: CaseEvent | undefined): CaseKind | undefined {
  const kind = opening?.data['kind'];
  return kind === 'issue' || kind === 'request' ? kind : undefined;
}

function contextOf(event: CaseEvent): Context {
  return { now: event.at, timings: defaultTimings, supportMaySolve: true };
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
  const definition = procedure.actions[event.type];
  if (definition) applyAction(folding, definition, event);
}

function applyAction(folding: Folding, definition: ActionDef, event: CaseEvent): void {
  const { draft } = folding;
  const { patch } = readPatch(definition.fields, event.data.values);
  if (isOutOfPlace(definition, draft, event)) {
    addConflict(folding, event, 'place', withPatch({}, patch), []);
    return;
  }
  const values = captured(definition, draft, patch);
  const broken = brokenInvariants(definition, draft, values, event);
  if (broken.length > 0) {
    addConflict(folding, event, 'guard', withPatch({}, patch), broken);
    return;
  }
  if (definition.keeps) keep(folding, definition, patch, event);
  if (definition.name === 'assess') settleUrgency(draft, event);
  definition.derive?.(draft, { event, values });
  definition.apply?.(draft, { event, values });
  const move = definition.next?.(draft, values);
  if (move) go(folding, move, event, textOf(values, 'reason'));
}

/** Done at another step or round, or about another plan, than the folded case is at. */
function isOutOfPlace(definition: ActionDef, draft: Draft, event: CaseEvent): boolean {
  if (barrier(definition, draft) !== undefined) return true;
  const { round, plan, checks } = event.data;
  if (Array.isArray(definition.on) && round !== undefined && round !== draft.round) return true;
  if (definition.binds === 'plan' && plan !== undefined && plan !== draft.planRevision) return true;
  return definition.binds === 'status' && checks !== undefined && checks !== draft.checks.length;
}

function brokenInvariants(definition: ActionDef, draft: Draft, values: Values, event: CaseEvent): Missing[] {
  return lackOf(definition, draft, values, contextOf(event)).filter((item) => item.hard);
}

/** Writes captured values; where the other side wrote them unknowingly, the later wins and the earlier is shown. */
function keep(folding: Folding, definition: ActionDef, patch: Patch, event: CaseEvent): void {
  const { draft, ancestry, byId } = folding;
  const before = draft.values[definition.name] ?? {};
  const setBy: Record<string, string> = {};
  const lost = new Map<string, Record<string, Value>>();
  for (const [key, value] of Object.entries(patch)) {
    const name = `${definition.name}.${key}`;
    const setter = draft.setBy[name];
    setBy[name] = event.id;
    const old = before[key];
    const isUnseen = setter !== undefined && !ancestry.knew(event.id, setter);
    if (isUnseen && old !== undefined && JSON.stringify(old) !== JSON.stringify(value)) {
      lost.set(setter, { ...lost.get(setter), [key]: old });
    }
  }
  draft.values = { ...draft.values, [definition.name]: withPatch(before, patch) };
  draft.setBy = { ...draft.setBy, ...setBy };
  for (const [setter, values] of lost) {
    const loser = byId.get(setter);
    if (loser) addConflict(folding, { ...loser, type: definition.name }, 'value', values, []);
  }
}

function addConflict(
  { draft }: Folding,
  event: CaseEvent,
  kind: Conflict['kind'],
  values: Values,
  missing: readonly Missing[],
): void {
  draft.conflicts = [
    ...draft.conflicts,
    {
      event: event.id,
      kind,
      action: event.data.for !== undefined && isGeneral(event.type) ? event.data.for : event.type,
      by: event.by,
      at: event.at,
      values,
      fields: Object.keys(values),
      missing,
    },
  ];
}

function go(folding: Folding, move: Move, event: CaseEvent, reason: string): void {
  const { draft } = folding;
  const stamp = stampOf(event);
  const visits = draft.visits.map((visit, index) =>
    index === draft.visits.length - 1 && visit.left === undefined ? { ...visit, left: stamp } : visit,
  );
  if ('end' in move) {
    draft.status = move.end;
    draft.statusReason = reason;
    draft.visits = visits;
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
function restart({ draft, procedure }: Folding, event: CaseEvent, reason: string, reopened: boolean): void {
  const belongsToRound = (action: string) => {
    const definition = procedure.actions[action];
    const home = definition && homeOf(definition);
    return home !== undefined && !isBefore(home, procedure.roundStart);
  };
  const split = (wanted: boolean) =>
    Object.fromEntries(Object.entries(draft.values).filter(([action]) => belongsToRound(action) === wanted));
  draft.rounds = [
    ...draft.rounds,
    { round: draft.round, values: split(true), verification: draft.verification, ended: stampOf(event), reason },
  ];
  draft.values = split(false);
  draft.setBy = Object.fromEntries(
    Object.entries(draft.setBy).filter(([name]) => !belongsToRound(name.split('.')[0] ?? '')),
  );
  draft.verification = {};
  draft.status = 'open';
  draft.round += 1;
  draft.reactivations = [...draft.reactivations, { ...stampOf(event), reason, reopened }];
}

function applyGeneral(folding: Folding, event: CaseEvent): void {
  const { draft, procedure } = folding;
  const definition = targetOf(procedure, event.data.for);
  switch (event.type) {
    case 'open': {
      const intake = procedure.actions[procedure.intake];
      if (draft.opened || !intake) return addConflict(folding, event, 'place', {}, []);
      draft.opened = stampOf(event);
      draft.owner = event.by;
      draft.convertedFrom = typeof event.data['from'] === 'string' ? event.data['from'] : '';
      draft.visits = [{ step: draft.step, round: 1, entered: stampOf(event) }];
      keep(folding, intake, readPatch(intake.fields, event.data.values).patch, event);
      return undefined;
    }
    case 'save': {
      if (!definition?.keeps) return undefined;
      const { patch } = readPatch(definition.fields, event.data.values);
      if (isOutOfPlace(definition, draft, event)) {
        return addConflict(folding, event, 'place', withPatch({}, patch), []);
      }
      keep(folding, definition, patch, event);
      if (definition.name === 'assess') settleUrgency(draft, event);
      return undefined;
    }
    case 'correct':
      return applyCorrection(folding, definition, event);
    case 'excuse': {
      const values = withPatch({}, readPatch(generalActions.excuse.fields, event.data.values).patch);
      const excused = rowsOf(values, 'codes').map((code) => ({
        ...stampOf(event),
        action: event.data.for ?? '',
        code,
        round: draft.round,
        reason: textOf(values, 'reason'),
      }));
      draft.deviations = [...draft.deviations, ...excused];
      return undefined;
    }
    case 'goBack': {
      const values = withPatch({}, readPatch(generalActions.goBack.fields, event.data.values).patch);
      const to = textOf(values, 'to');
      const { step, round } = event.data;
      const fits = (step ?? draft.step) === draft.step && (round ?? draft.round) === draft.round;
      if (!fits || !stepsToGoBackTo(procedure, draft).includes(to)) {
        return addConflict(folding, event, 'place', values, []);
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

function applyCorrection(folding: Folding, definition: ActionDef | undefined, event: CaseEvent): void {
  const { draft } = folding;
  if (!definition) return;
  const { patch } = readPatch(definition.fields, event.data.values);
  const values = captured(definition, draft, patch);
  const isPlaced = correctionBarrier(definition, draft) === undefined && isSameRound(folding, definition, event);
  const broken = brokenInvariants(definition, draft, values, event);
  if (!isPlaced || broken.length > 0) {
    addConflict(folding, event, isPlaced ? 'guard' : 'place', withPatch({}, patch), broken);
    return;
  }
  keep(folding, definition, patch, event);
  if (definition.name === 'assess') settleUrgency(draft, event);
  definition.derive?.(draft, { event, values });
  const reason = readValue(generalActions.correct.fields[0], event.data['reason']);
  draft.corrections = [
    ...draft.corrections,
    { ...stampOf(event), action: definition.name, reason: typeof reason === 'string' ? reason : '' },
  ];
}

function isSameRound({ draft, procedure }: Folding, definition: ActionDef, event: CaseEvent): boolean {
  const home = homeOf(definition) ?? '';
  return isBefore(home, procedure.roundStart) || (event.data.round ?? draft.round) === draft.round;
}

function settle(folding: Folding, event: CaseEvent): void {
  const { draft, procedure } = folding;
  const values = withPatch({}, readPatch(generalActions.settle.fields, event.data.values).patch);
  const settled = draft.conflicts.find((entry) => entry.event === textOf(values, 'event'));
  if (!settled) return;
  const definition = procedure.actions[settled.action];
  if (values['choice'] === 'take' && definition?.keeps) {
    const taken = captured(definition, draft, settled.values);
    if (brokenInvariants(definition, draft, taken, event).length > 0) return;
    keep(folding, definition, settled.values, event);
    if (definition.name === 'assess') settleUrgency(draft, event);
    definition.derive?.(draft, { event, values: taken });
  }
  draft.conflicts = draft.conflicts.filter((entry) => entry !== settled);
}
