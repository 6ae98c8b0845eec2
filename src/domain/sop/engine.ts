/**
 * The one engine of both procedures: what may be done now, what is missing, what an event does to a case.
 * The form, the tree, bulk actions, the API and the fold of the log all come through here.
 */
import type { CaseEvent, EventData } from '../case/event';
import type { CaseKind, CaseState, Conflict, Deviation } from '../case/state';
import { fill, w, type Words } from '../words';
import { isWithdrawn } from './closing';
import {
  type FieldDef,
  isEmpty,
  isRequired,
  isShown,
  type Patch,
  readPatch,
  rowsOf,
  shownValues,
  textOf,
  type Value,
  type Values,
  withPatch,
} from './field';
import { generalActions, isGeneral, stepsToGoBackTo } from './general';
import { issueProcedure } from './issue';
import { type Missing, notNow, requiredField, rule, unknownAction, wrongShape } from './missing';
import {
  type ActionDef,
  belongsToRound,
  type Context,
  findAction,
  homeOf,
  isBefore,
  type Procedure,
} from './procedure';
import { requestProcedure } from './request';

export function procedureOf(kind: CaseKind): Procedure {
  return kind === 'issue' ? issueProcedure : requestProcedure;
}

/** What somebody wants to do. */
export interface Act {
  readonly action: string;
  /** Of `save`, `correct`, `excuse`: the action whose form it concerns. */
  readonly for?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

const ended = w('The case has ended', '案例已结束');
const elsewhere = w('Not at this step', '当前步骤不可执行');

/** Why an action can't be done in this state whatever is filled in; undefined when it can. */
export function barrier(definition: ActionDef, state: CaseState): Words | undefined {
  if (definition.on !== 'any' && state.status !== 'open') return ended;
  if (definition.on === 'unclosed' && state.closedAt !== undefined) return w('The case is closed', '案例已关闭');
  if (Array.isArray(definition.on) && !definition.on.includes(state.step)) return elsewhere;
  return definition.barred?.(state);
}

/** What an action would capture: what is kept already, changed by the patch, without what isn't shown. */
export function captured(definition: ActionDef, state: CaseState, patch: Patch): Values {
  const kept = definition.keeps ? (state.values[definition.name] ?? {}) : {};
  return shownValues(definition.fields, withPatch(kept, patch), state);
}

function requiredOf(fields: readonly FieldDef[], values: Values, state: CaseState): Missing[] {
  return fields
    .filter((field) => isShown(field, values, state) && isRequired(field, values, state))
    .filter((field) => isEmpty(values[field.key]) || (field.type === 'confirm' && values[field.key] !== true))
    .map((field) => requiredField(field.key, field.label, field.essential));
}

function isMissing(item: Missing | undefined | false): item is Missing {
  return item !== undefined && item !== false;
}

/** Everything that these values lack for the action, excused or not. */
export function lackOf(definition: ActionDef, state: CaseState, values: Values, context: Context): Missing[] {
  const invariants = (definition.invariants?.(state, values) ?? []).filter(isMissing);
  const guarded = (definition.guard?.(state, values, context) ?? []).filter(isMissing);
  // a field is named once: by the invariant that speaks of it, else as missing, else by the guard
  const broken = new Set(invariants.map((item) => item.field));
  const required = requiredOf(definition.fields, values, state).filter((item) => !broken.has(item.field));
  const named = new Set(required.map((item) => item.field));
  return [...required, ...invariants, ...guarded.filter((item) => item.field === undefined || !named.has(item.field))];
}

/** The part of it that no log may lack: cheap, since every fold of every case asks it. */
export function brokenInvariants(definition: ActionDef, state: CaseState, values: Values): Missing[] {
  const invariants = (definition.invariants?.(state, values) ?? []).filter(isMissing);
  const broken = new Set(invariants.map((item) => item.field));
  const essential = definition.fields.filter((field) => field.essential && !broken.has(field.key));
  return [...requiredOf(essential, values, state), ...invariants];
}

export function isExcused(item: Missing, definition: ActionDef, state: CaseState): boolean {
  return item.excusable && isDeviation(item.code, definition, state);
}

/** What is captured once for the case is excused once for the case. */
function isDeviation(code: string, definition: ActionDef, state: CaseState): boolean {
  const isOfRound = belongsToRound(procedureOf(state.kind), definition);
  return state.deviations.some(
    (entry: Deviation) =>
      entry.action === definition.name && entry.code === code && (!isOfRound || entry.round === state.round),
  );
}

/** Every code that a reason may excuse for this action. */
export function excusableCodes(definition: ActionDef): readonly string[] {
  const fields = definition.fields.filter((field) => field.required !== undefined && !field.essential);
  return [...fields.map((field) => `required:${field.key}`), ...(definition.excusable ?? [])];
}

/** What is missing for an act; empty when it may be done. */
export function check(state: CaseState, act: Act, context: Context): readonly Missing[] {
  const procedure = procedureOf(state.kind);
  if (isGeneral(act.action)) return checkGeneral(procedure, state, act, context);
  const definition = findAction(procedure, act.action);
  if (!definition) return [unknownAction(act.action)];
  const barred = barrier(definition, state);
  if (barred) return [notNow(barred)];
  const { patch, refused } = readPatch(definition.fields, act.values);
  const values = captured(definition, state, patch);
  return [
    ...refused.map(wrongShape),
    ...lackOf(definition, state, values, context).filter((item) => !isExcused(item, definition, state)),
  ];
}

/** The action whose form a `save`, `correct` or `excuse` is about. */
export function targetOf(procedure: Procedure, name: string | undefined): ActionDef | undefined {
  return findAction(procedure, name);
}

/** Why this action's captured values can't be corrected now. */
export function correctionBarrier(definition: ActionDef | undefined, state: CaseState): Words | undefined {
  const home = definition && homeOf(definition);
  if (!definition?.correctable || home === undefined) {
    return w('This is changed by an action of its own, not by a correction', '此项不能更正，请使用相应的操作');
  }
  if (state.status !== 'open') return ended;
  if (state.closedAt !== undefined) return w('The case is closed', '案例已关闭');
  return isBefore(state.step, home) || state.values[definition.name] === undefined
    ? w('Nothing is captured there yet', '该步骤尚无记录')
    : undefined;
}

function checkGeneral(procedure: Procedure, state: CaseState, act: Act, context: Context): readonly Missing[] {
  const definition = targetOf(procedure, act.for);
  if (act.action === 'open') {
    const intake = findAction(procedure, procedure.intake);
    const { patch, refused } = readPatch(intake?.fields ?? [], act.values);
    const title = isEmpty(patch['title']) ? [requiredField('title', w('Title', '标题'))] : [];
    return state.opened
      ? [notNow(w('The case is open already', '案例已登记'))]
      : [...title, ...refused.map(wrongShape)];
  }
  if (act.action === 'save') {
    if (!definition?.keeps) return [unknownAction(act.for ?? '')];
    const barred = barrier(definition, state);
    return barred ? [notNow(barred)] : readPatch(definition.fields, act.values).refused.map(wrongShape);
  }
  if (act.action === 'correct') return checkCorrection(definition, state, act, context);
  const general = generalActions[act.action as 'excuse' | 'goBack' | 'settle'];
  const { patch, refused } = readPatch(general.fields, act.values);
  const values = withPatch({}, patch);
  const missing = [...refused.map(wrongShape), ...requiredOf(general.fields, values, state)];
  if (act.action === 'excuse') {
    missing.push(...checkExcuse(definition, state, act, values));
  }
  if (act.action === 'goBack' && !stepsToGoBackTo(state).includes(textOf(values, 'to'))) {
    missing.push(rule('go-back', w('Only to an earlier step of this round', '只能返回本轮中较早的步骤'), 'to'));
  }
  if (act.action === 'settle') missing.push(...checkSettlement(state, values));
  return missing;
}

/** What a person calls a missing field; other codes are named by themselves. */
function nameOfCode(definition: ActionDef, code: string): Words {
  const field = definition.fields.find(({ key }) => code === `required:${key}`);
  return field?.label ?? w(code, code);
}

/** What is typed and not saved can lack a detail too: a code must be one that the action can lack, not that it does. */
function checkExcuse(definition: ActionDef | undefined, state: CaseState, act: Act, values: Values): Missing[] {
  if (!definition) return [unknownAction(act.for ?? '')];
  const barred = barrier(definition, state);
  if (barred && correctionBarrier(definition, state)) return [notNow(barred)];
  const allowed = excusableCodes(definition);
  return rowsOf(values, 'codes').flatMap((code) => {
    const name = nameOfCode(definition, code);
    if (!allowed.includes(code)) {
      return rule('not-excusable', fill(w('"{0}" can\'t be excused', '“{0}”不能以说明代替'), name), 'codes');
    }
    return isDeviation(code, definition, state)
      ? rule('excused-already', fill(w('"{0}" is excused already', '“{0}”已有说明'), name), 'codes')
      : [];
  });
}

function checkCorrection(
  definition: ActionDef | undefined,
  state: CaseState,
  act: Act,
  context: Context,
): readonly Missing[] {
  const barred = correctionBarrier(definition, state);
  if (barred || !definition) return [notNow(barred ?? elsewhere)];
  const { reason, ...raw } = act.values ?? {};
  const { patch, refused } = readPatch(definition.fields, raw);
  const isLeft = isBefore(homeOf(definition) ?? '', state.step);
  const lack = isLeft ? lackOf(definition, state, captured(definition, state, patch), context) : [];
  return [
    ...refused.map(wrongShape),
    ...(typeof reason !== 'string' || isEmpty(reason) ? [requiredField('reason', w('Reason', '原因'))] : []),
    ...lack.filter((item) => !isExcused(item, definition, state)),
  ];
}

function checkSettlement(state: CaseState, values: Values): readonly Missing[] {
  const conflict = state.conflicts.find((entry) => entry.event === textOf(values, 'event'));
  if (!conflict) return [notNow(w('There is no such conflict any more', '该冲突已不存在'))];
  if (values['choice'] !== 'take') return [];
  const taken = takenBy(state, conflict);
  return taken.definition ? taken.broken : [notNow(w('Do the action again instead', '请重新执行该操作'))];
}

/** What taking the other side of a conflict would write, and which invariants that would break. */
export function takenBy(
  state: CaseState,
  conflict: Conflict,
):
  | { readonly definition?: never }
  | { readonly definition: ActionDef; readonly patch: Patch; readonly broken: readonly Missing[] } {
  const procedure = procedureOf(state.kind);
  const definition = findAction(procedure, conflict.action);
  const home = definition && homeOf(definition);
  if (!definition?.keeps || home === undefined || isBefore(state.step, home)) return {};
  if (!definition.correctable && home !== state.step) return {};
  if (belongsToRound(procedure, definition) && conflict.round !== state.round) return {};
  const patch = Object.fromEntries(conflict.fields.map((key) => [key, conflict.values[key] ?? null]));
  const isLeft = isBefore(home, state.step);
  const broken = isLeft ? brokenInvariants(definition, state, captured(definition, state, patch)) : [];
  return { definition, patch, broken };
}

/** What may be done now, and for each action what is still missing. */
export function actionsNow(
  state: CaseState,
  context: Context,
): { definition: ActionDef; missing: readonly Missing[] }[] {
  return Object.values(procedureOf(state.kind).actions)
    .filter((definition) => barrier(definition, state) === undefined)
    .map((definition) => ({ definition, missing: check(state, { action: definition.name }, context) }));
}

/**
 * The data of the event that an act becomes: where its author stood, and what changes. An action that writes down a
 * fact of its form (a message, a plan, a result) states the whole form: what another copy saved meanwhile must not
 * become part of a fact that its author never saw.
 */
export function eventDataOf(state: CaseState, act: Act): EventData {
  const procedure = procedureOf(state.kind);
  const definition = findAction(procedure, act.for ?? act.action) ?? findAction(procedure, procedure.intake);
  const place = { step: state.step, round: state.round };
  const raw = act.values ?? {};
  if (act.action === 'excuse' || act.action === 'goBack' || act.action === 'settle') {
    return { ...place, ...(act.for === undefined ? {} : { for: act.for }), values: raw };
  }
  const { patch } = readPatch(definition?.fields ?? [], raw);
  const isFact = definition?.apply !== undefined && act.action === definition.name;
  const changes = !definition?.keeps
    ? dropNulls(patch)
    : isFact
      ? wholeForm(definition, state, patch)
      : onlyChanges(definition, state, patch);
  const reason = act.action === 'correct' ? { reason: raw['reason'] } : {};
  const bound =
    definition?.binds === 'plan'
      ? { plan: state.planRevision }
      : definition?.binds === 'status'
        ? { checks: state.checks.length }
        : definition?.binds === 'round' && isWithdrawn(state)
          ? { resumes: true }
          : {};
  const saw = act.action === definition?.name ? definition.saw?.(state, dropNulls(patch)) : undefined;
  return {
    ...place,
    ...(act.action === 'open' ? { kind: state.kind } : {}),
    ...(act.for === undefined ? {} : { for: act.for }),
    ...bound,
    ...saw,
    ...reason,
    values: changes,
  };
}

function dropNulls(patch: Patch): Values {
  return Object.fromEntries(Object.entries(patch).filter((entry): entry is [string, Value] => entry[1] !== null));
}

function onlyChanges(definition: ActionDef, state: CaseState, patch: Patch): Patch {
  const kept = state.values[definition.name] ?? {};
  const shown = shownValues(definition.fields, withPatch(kept, patch), state);
  const changed = Object.entries(patch).filter(([key, value]) =>
    value === null ? kept[key] !== undefined : key in shown && JSON.stringify(kept[key]) !== JSON.stringify(value),
  );
  return Object.fromEntries(changed);
}

function wholeForm(definition: ActionDef, state: CaseState, patch: Patch): Patch {
  const values = captured(definition, state, patch);
  const gone = Object.keys(state.values[definition.name] ?? {}).filter((key) => !(key in values));
  return { ...values, ...Object.fromEntries(gone.map((key) => [key, null])) };
}

const aboutAnother: ReadonlySet<string> = new Set(['save', 'correct', 'excuse']);

/** True when this version knows what the event means. */
export function isKnown(kind: CaseKind, event: CaseEvent): boolean {
  const about = aboutAnother.has(event.type) ? event.data.for : event.type;
  return isGeneral(event.type) && !aboutAnother.has(event.type)
    ? true
    : findAction(procedureOf(kind), about) !== undefined;
}
