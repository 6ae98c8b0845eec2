/** Which way leads a ticket where it should go: no id, name or status of a workflow is the same in two companies. */
import * as v from 'valibot';
import { TrackerError } from '../../../domain/tickets/tracker';
import { REFUSING } from '../refusing';
import { fieldSchema, type ScreenField } from './createMeta';
import { isDone, progressOf, type Status, statusSchema } from './issue';

const transitionSchema = v.object({
  id: v.string(),
  name: v.string(),
  to: statusSchema,
  hasScreen: v.optional(v.boolean()),
  isAvailable: v.optional(v.boolean(), true),
  fields: v.optional(v.record(v.string(), fieldSchema), {}),
});
export const transitionsSchema = v.object({ transitions: v.array(transitionSchema) });
export type Transition = v.InferOutput<typeof transitionSchema>;

/** What is posted: a way, and what its screen wants. */
export interface Move {
  readonly id: string;
  readonly to: Status;
  readonly fields: Readonly<Record<string, object>>;
  /** Its screen takes a comment. */
  readonly takesComment: boolean;
}

/**
 * @param from where the ticket is
 * @param resolution of the company's words; empty for its usual one
 * @throws TrackerError 'unsupported' where no way leads there, 'refused' where its screen wants what Casebook can't tell
 */
export function closingMove(transitions: readonly Transition[], from: Status, resolution: string): Move {
  const isSaid = ({ name, to }: Transition) =>
    resolution !== '' && [name, to.name].some((each) => same(each, resolution));
  const takes = ({ fields }: Transition) =>
    fields['resolution']?.allowedValues.some(({ label }) => same(label, resolution)) === true;
  // what was made and verified is never closed as refused, unless that was said
  const ways = transitions.filter(
    (way) => leadsToEnd(way, from) && (isSaid(way) || !isRefusing(way) || (takes(way) && REFUSING.test(resolution))),
  );
  const rank = (way: Transition) => {
    if (isSaid(way)) return 0;
    const ofEnd = /clos|关闭/i.test(way.to.name) ? 1 : progressOf(way.to) === 'done' ? 2 : 3;
    return takes(way) ? ofEnd : ofEnd + 3;
  };
  return best(transitions, ways, rank, resolution);
}

/** What the screens of the ways to an end let one choose; where they ask for nothing, the ends themselves. */
export function resolutionsOf(transitions: readonly Transition[], from: Status): readonly string[] {
  const ways = transitions.filter((way) => way.isAvailable && leadsToEnd(way, from));
  const asked = ways.flatMap(({ fields }) => fields['resolution']?.allowedValues.map(({ label }) => label) ?? []);
  const ends = ways.map(({ to }) => to.name);
  return [...new Set(asked.length > 0 ? asked : ends)];
}

const leadsToEnd = ({ to }: Transition, from: Status) => isDone(to) && to.name !== from.name;

/** @throws TrackerError as closingMove */
export function reactivatingMove(transitions: readonly Transition[]): Move {
  const ways = transitions.filter(({ to }) => !isDone(to) && progressOf(to) !== 'toVerify');
  const rank = ({ name, to }: Transition) => {
    if ([name, to.name].some((each) => /re-?open|re-?activ|重新|重开|激活/i.test(each))) return 0;
    return progressOf(to) === 'inProgress' ? 1 : 2;
  };
  return best(transitions, ways, rank, '');
}

const isRefusing = ({ name, to }: Transition) => REFUSING.test(name) || REFUSING.test(to.name);

const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

function best(
  all: readonly Transition[],
  ways: readonly Transition[],
  rank: (way: Transition) => number,
  resolution: string,
): Move {
  const open = ways.filter(({ isAvailable }) => isAvailable).toSorted((a, b) => rank(a) - rank(b));
  const [first] = open;
  if (!first) throw new TrackerError('unsupported', all.map(({ to }) => to.name).join(', '));
  const free = open.find((way) => missing(way).length === 0) ?? first;
  const wanted = missing(free);
  if (wanted.length > 0) {
    throw new TrackerError('refused', wanted.map(([, { name }]) => name).join(', '), {
      fields: Object.fromEntries(wanted.map(([key, { name }]) => [key, name])),
    });
  }
  const { resolution: field } = free.fields;
  return {
    id: free.id,
    to: free.to,
    // only what is on its screen may be told
    fields: field ? { resolution: resolutionOf(field, resolution) } : {},
    takesComment: free.hasScreen ?? Object.keys(free.fields).length > 0,
  };
}

/** Keys of what the screens must have beside a resolution, which the ticket may have already. */
export const wantedFields = (transitions: readonly Transition[]): readonly string[] => [
  ...new Set(transitions.flatMap((way) => missing(way).map(([key]) => key))),
];

/** Without the fields that the ticket has already: those keep what they hold. */
export const withoutFilled = (transitions: readonly Transition[], filled: readonly string[]): readonly Transition[] =>
  transitions.map((way) => ({
    ...way,
    fields: Object.fromEntries(Object.entries(way.fields).filter(([key]) => !filled.includes(key))),
  }));

/** What its screen must have and Casebook can't know. */
const missing = ({ fields }: Transition) =>
  Object.entries(fields).filter(
    ([key, { required, hasDefaultValue }]) => required && !hasDefaultValue && !['resolution', 'comment'].includes(key),
  );

function resolutionOf({ allowedValues }: ScreenField, resolution: string): object {
  const wanted =
    allowedValues.find(({ label }) => same(label, resolution)) ??
    allowedValues.find(({ label }) => /^(?:fixed|done|resolved|已修复|已解决|完成|已完成)$/i.test(label)) ??
    allowedValues.find(({ label }) => !REFUSING.test(label));
  if (!wanted) return { name: resolution === '' ? 'Done' : resolution };
  return wanted.id === undefined ? { name: wanted.label } : { id: wanted.id };
}
