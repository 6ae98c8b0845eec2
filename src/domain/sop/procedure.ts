/** The shape of a procedure: stages, steps and actions as data, driven by one engine (engine.ts). */
import type { CaseEvent } from '../case/event';
import type { CaseKind, CaseState, Draft, WaitingOn } from '../case/state';
import type { Timings } from '../casebook';
import type { Words } from '../words';
import type { FieldDef, Values } from './field';
import type { Missing } from './missing';

/** What a guard may know beside the case. Pure data, so that the form asks the same guard as the log. */
export interface Context {
  /** ISO-8601 with offset. */
  readonly now: string;
  readonly timings: Timings;
  /** Step 2.1 may end with an answer of support itself. */
  readonly supportMaySolve: boolean;
}

/** What an action may write down beside its values. */
export interface Deed {
  readonly event: CaseEvent;
  readonly values: Values;
}

/**
 * Where an action can be done: at these steps; anywhere in an open case; before closure; or at any time.
 */
export type Place = readonly string[] | 'open' | 'unclosed' | 'any';

/** Where an action leads: to a step, or to the end of the case. Left out: the case stays where it is. */
export type Move =
  | { readonly to: string }
  | { readonly end: 'archived' | 'closed' | 'withdrawn' | 'merged' | 'converted' }
  | { readonly restart: string; readonly reopened: boolean }
  /** On at the step where the case was given up, in the same round. */
  | { readonly resume: true };

export interface ActionDef {
  readonly name: string;
  /** The button. */
  readonly label: Words;
  /** The sentence's verb in the timeline: "recorded the plan". */
  readonly done: Words;
  readonly on: Place;
  readonly fields: readonly FieldDef[];
  /** Its form may be saved half-done, and its values are read later. */
  readonly keeps?: true;
  /** What it captured may be corrected after its step was left. */
  readonly correctable?: true;
  /** It speaks of the plan, the status or the round that its author saw; another one makes it void. */
  readonly binds?: 'plan' | 'status' | 'round';
  /** What its author saw beside that, written into its event: another copy may have changed it meanwhile. */
  readonly saw?: (state: CaseState, values: Values) => Readonly<Record<string, unknown>>;
  /** Casebook does it by itself: it says nothing of what the person knows in whose name it is written. */
  readonly isOwnDoing?: true;
  /** Where it stands on the form: the way on, a part of the step, or one of the other ways. */
  readonly role: 'exit' | 'part' | 'other';
  /** Why it can't be done in this state at all; undefined when it can. Holds in every fold. */
  readonly barred?: (state: CaseState) => Words | undefined;
  /** What must hold whoever acts, in every fold of every log: only `invariant` items. */
  readonly invariants?: (state: CaseState, values: Values) => readonly (Missing | undefined | false)[];
  /** What is asked beside when somebody acts. */
  readonly guard?: (state: CaseState, values: Values, context: Context) => readonly (Missing | undefined | false)[];
  /** The codes of its guard that a reason excuses. */
  readonly excusable?: readonly string[];
  readonly apply?: (draft: Draft, deed: Deed) => void;
  /** Written again whenever what it captured is corrected. */
  readonly derive?: (draft: Draft, deed: Deed) => void;
  readonly next?: (state: CaseState, values: Values) => Move | undefined;
}

export interface StepDef {
  readonly id: string;
  readonly name: Words;
  /** Line of the specification. */
  readonly spec: string;
  readonly hint: Words;
  readonly waitingOn: (state: CaseState) => WaitingOn;
}

export interface StageDef {
  readonly id: string;
  readonly name: Words;
  readonly steps: readonly StepDef[];
}

export interface Procedure {
  readonly kind: CaseKind;
  readonly name: Words;
  readonly stages: readonly StageDef[];
  readonly actions: Readonly<Record<string, ActionDef>>;
  /** The action whose fields open a case. */
  readonly intake: string;
  /** The first step of every further round; what lies before it is captured once for the case. */
  readonly roundStart: string;
}

/** @param name anything: it may come out of a file or from a program */
export function findAction(procedure: Procedure, name: unknown): ActionDef | undefined {
  return typeof name === 'string' && Object.hasOwn(procedure.actions, name) ? procedure.actions[name] : undefined;
}

export function stepsOf(procedure: Procedure): readonly StepDef[] {
  return [...stepsById(procedure).values()];
}

export function findStep(procedure: Procedure, id: string): StepDef | undefined {
  return stepsById(procedure).get(id);
}

const known = new WeakMap<Procedure, ReadonlyMap<string, StepDef>>();

/** Asked for every event of every case that a report counts. */
function stepsById(procedure: Procedure): ReadonlyMap<string, StepDef> {
  const steps =
    known.get(procedure) ??
    new Map(procedure.stages.flatMap((stage) => stage.steps.map((step): [string, StepDef] => [step.id, step])));
  known.set(procedure, steps);
  return steps;
}

export function stageOf(procedure: Procedure, step: string): StageDef | undefined {
  return procedure.stages.find((stage) => stage.steps.some((candidate) => candidate.id === step));
}

/** Steps are numbered so that their text order is their order. */
export function isBefore(a: string, b: string): boolean {
  return a < b;
}

/** The actions that belong to one step's form, in the order in which they are shown. */
export function actionsAt(procedure: Procedure, step: string): readonly ActionDef[] {
  return Object.values(procedure.actions).filter((action) => Array.isArray(action.on) && action.on.includes(step));
}

/** False for what is captured once for the case, before the first step of a round. */
export function belongsToRound(procedure: Procedure, action: ActionDef): boolean {
  const home = homeOf(action);
  return home !== undefined && !isBefore(home, procedure.roundStart);
}

/** The step that an action belongs to: the first of those it may be done at. */
export function homeOf(action: ActionDef): string | undefined {
  return Array.isArray(action.on) ? action.on[0] : undefined;
}

export function defineActions(...actions: readonly ActionDef[]): Readonly<Record<string, ActionDef>> {
  return Object.fromEntries(actions.map((action) => [action.name, action]));
}
