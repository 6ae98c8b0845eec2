/**
 * The one engine of both procedures: what may be done now, what is missing, what an event does to a case.
 * The form, the tree, bulk actions, the API and the fold of the log all come through here.
 */
import type { CaseEvent, EventData } from '../case/event';
import type { CaseKind, CaseState, Deviation } from '../case/state';
import { w, type Words } from '../words';
import {
  type FieldDef,
  isEmpty,
  isRequired,
  isShown,
  type Patch,
  readPatch,
  shownValues,
  textOf,
  type Value,
  type Values,
  withPatch,
} from './field';
import { generalActions, isGeneral, stepsToGoBackTo } from './general';
import { issueProcedure } from './issue';
import { type Missing, notNow, requiredField, rule, unknownAction, wrongShape } from './missing';
import { type ActionDef, type Context, homeOf, isBefore, type Procedure } from './procedure';
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
    .map((field) => requiredField(field.key, field.label));
}

function isMissing(item: Missing | undefined | false): item is Missing {
  return item !== undefined && item !== false;
}

/** Everything that these values lack for the action, excused or not. */
export function lackOf(definition: ActionDef, state: CaseState, values: Values, context: Context): Missing[] {
  const required = requiredOf(definition.fields, values, state);
  const guarded = (definition.guard?.(state, values, context) ?? []).filter(isMissing);
  const named = new Set(required.map((item) => item.field));
  // an environment that is empty is named item by item, not once more as a whole
  const environment = guarded.some((item) => item.field === 'environment');
  return [
    ...required.filter((item) => !(environment && item.field === 'environment')),
    ...guarded.filter(
      (item) => item.hard || item.field === undefined || !named.has(item.field) || item.field === 'environment',
    ),
  ];
}

export function isExcused(item: Missing, definition: ActionDef, state: CaseState): boolean {
  return (
    item.excusable &&
    state.deviations.some(
      (entry: Deviation) => entry.action === definition.name && entry.code === item.code && entry.round === state.round,
    )
  );
}

/** What is missing for an act; empty when it may be done. */
export function check(state: CaseState, act: Act, context: Context): readonly Missing[] {
  const procedure = procedureOf(state.kind);
  if (isGeneral(act.action)) return checkGeneral(procedure, state, act, context);
  const definition = procedure.actions[act.action];
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
  return name === undefined ? undefined : procedure.actions[name];
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
    const intake = procedure.actions[procedure.intake];
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
    if (!definition) missing.push(unknownAction(act.for ?? ''));
    if (state.status !== 'open') missing.push(notNow(ended));
  }
  if (act.action === 'goBack' && !stepsToGoBackTo(procedure, state).includes(textOf(values, 'to'))) {
    missing.push(rule('go-back', w('Only to an earlier step of this round', '只能返回本轮中较早的步骤'), 'to'));
  }
  if (act.action === 'settle') missing.push(...checkSettlement(procedure, state, values, context));
  return missing;
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
    ...(isEmpty(reason) ? [requiredField('reason', w('Reason', '原因'))] : []),
    ...lack.filter((item) => !isExcused(item, definition, state)),
  ];
}

/** Taking the other side must not break an invariant that the case has passed. */
function checkSettlement(procedure: Procedure, state: CaseState, values: Values, context: Context): Missing[] {
  const conflict = state.conflicts.find((entry) => entry.event === textOf(values, 'event'));
  if (!conflict) return [notNow(w('There is no such conflict any more', '该冲突已不存在'))];
  if (values['choice'] !== 'take') return [];
  const definition = procedure.actions[conflict.action];
  if (!definition?.keeps || (!definition.correctable && homeOf(definition) !== state.step)) {
    return [notNow(w('Do the action again instead', '请重新执行该操作'))];
  }
  return lackOf(definition, state, captured(definition, state, conflict.values), context).filter((item) => item.hard);
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

/** The data of the event that an act becomes: where its author stood, and only what changes. */
export function eventDataOf(state: CaseState, act: Act): EventData {
  const procedure = procedureOf(state.kind);
  const definition = procedure.actions[act.for ?? act.action] ?? procedure.actions[procedure.intake];
  const place = { step: state.step, round: state.round };
  const raw = act.values ?? {};
  if (act.action === 'excuse' || act.action === 'goBack' || act.action === 'settle') {
    return { ...place, ...(act.for === undefined ? {} : { for: act.for }), values: raw };
  }
  const { patch } = readPatch(definition?.fields ?? [], raw);
  const changes = definition?.keeps ? onlyChanges(definition, state, patch) : dropNulls(patch);
  const reason = act.action === 'correct' ? { reason: raw['reason'] } : {};
  const bound =
    definition?.binds === 'plan'
      ? { plan: state.planRevision }
      : definition?.binds === 'status'
        ? { checks: state.checks.length }
        : {};
  return {
    ...place,
    ...(act.action === 'open' ? { kind: state.kind } : {}),
    ...(act.for === undefined ? {} : { for: act.for }),
    ...bound,
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

/** True when this version knows what the event means. */
export function isKnown(kind: CaseKind, event: CaseEvent): boolean {
  return isGeneral(event.type) || Object.hasOwn(procedureOf(kind).actions, event.type);
}
