/** What a Jira project asks for when a ticket is made: its types, and the fields of one type. */
import * as v from 'valibot';
import type { CaseKind } from '../../../domain/case/state';
import type { TicketChoice, TicketField, TicketFieldValue } from '../../../domain/tickets/tracker';
import { read } from '../http';
import { idSchema } from './issue';
import { allPages, type Flavour, type Site } from './site';

const PAGE = 50;

const typeSchema = v.object({ id: v.string(), name: v.string(), subtask: v.optional(v.boolean(), false) });
export type IssueType = v.InferOutput<typeof typeSchema>;

const allowedSchema = v.union([
  v.pipe(
    v.string(),
    v.transform((value) => ({ id: undefined, label: value, isGone: false, isReleased: false, children: [] })),
  ),
  v.pipe(
    v.object({
      id: v.optional(idSchema),
      name: v.optional(v.string()),
      value: v.optional(v.string()),
      archived: v.optional(v.boolean(), false),
      disabled: v.optional(v.boolean(), false),
      released: v.optional(v.boolean(), false),
      children: v.optional(v.array(v.object({ id: idSchema, value: v.string() })), []),
    }),
    v.transform(({ id, name, value, archived, disabled, released, children }) => ({
      id,
      label: name ?? value ?? id ?? '',
      isGone: archived || disabled,
      isReleased: released,
      children,
    })),
  ),
]);

/** A field of a screen, at making a ticket and at moving it. */
export const fieldSchema = v.object({
  name: v.string(),
  required: v.boolean(),
  hasDefaultValue: v.optional(v.boolean(), false),
  schema: v.object({
    type: v.string(),
    items: v.optional(v.string(), ''),
    system: v.optional(v.string(), ''),
    custom: v.optional(v.string(), ''),
  }),
  allowedValues: v.optional(v.array(allowedSchema), []),
  defaultValue: v.optional(v.unknown()),
});
export type ScreenField = v.InferOutput<typeof fieldSchema>;
export type MetaField = ScreenField & { readonly id: string };

const createFieldSchema = v.pipe(
  // of the mocks and of old data centers: a field without a schema
  v.object({
    ...fieldSchema.entries,
    schema: v.optional(fieldSchema.entries.schema, { type: 'any' }),
    fieldId: v.optional(v.string()),
    key: v.optional(v.string(), ''),
  }),
  v.transform(({ fieldId, key, ...field }) => ({ ...field, id: fieldId ?? key })),
);

/** The envelope of Jira Cloud has a name for its entries, that of a data center calls them values. */
const pageOf = <Schema extends v.GenericSchema>(item: Schema) =>
  v.object({
    issueTypes: v.optional(v.array(item)),
    fields: v.optional(v.array(item)),
    values: v.optional(v.array(item)),
    total: v.optional(v.number()),
    isLast: v.optional(v.boolean()),
  });

export async function issueTypes(site: Site, place: string, signal?: AbortSignal): Promise<readonly IssueType[]> {
  const types = await list(site, metaPath(place), typeSchema, signal);
  return types.filter(({ subtask }) => !subtask);
}

export function createFields(site: Site, place: string, type: string, signal?: AbortSignal) {
  return list(site, `${metaPath(place)}/${encodeURIComponent(type)}`, createFieldSchema, signal);
}

const metaPath = (place: string) => `/issue/createmeta/${encodeURIComponent(place)}/issuetypes`;

function list<Schema extends v.GenericSchema>(site: Site, path: string, item: Schema, signal?: AbortSignal) {
  return allPages(async (startAt) => {
    const query = new URLSearchParams({ startAt: String(startAt), maxResults: String(PAGE) });
    const page = read(pageOf(item), await site.call({ method: 'GET', path: `${path}?${query}`, signal }));
    const items: readonly v.InferOutput<Schema>[] = page.issueTypes ?? page.fields ?? page.values ?? [];
    const isLast = items.length === 0 || (page.isLast ?? startAt + items.length >= (page.total ?? 0));
    return { items, isLast };
  });
}

const WANTED: Readonly<Record<CaseKind, readonly RegExp[]>> = {
  issue: [/^(?:bug|缺陷|故障|错误)$/i, /bug|defect|fault|缺陷|故障|错误/i, /incident|problem|问题|事件/i],
  request: [
    /^(?:story|user story|故事|用户故事|需求)$/i,
    /story|feature|improvement|requirement|需求|功能|改进|优化/i,
    /task|任务/i,
  ],
};

/** The type that such a case usually becomes, by its name. */
export function usualType(types: readonly IssueType[], kind: CaseKind): IssueType | undefined {
  for (const name of WANTED[kind]) {
    const found = types.find((type) => name.test(type.name));
    if (found) return found;
  }
  return types[0];
}

/** Set by Casebook itself. */
const OURS = ['project', 'issuetype', 'summary', 'description'];
/** Set by Jira, or in a way of their own. */
const SELDOM = ['attachment', 'issuelinks', 'parent', 'reporter'];

/** What a person is asked for; fields of a kind that Casebook does not know only if nothing goes without them. */
export function asked(fields: readonly MetaField[]): readonly TicketField[] {
  return fields
    .filter(({ id }) => !OURS.includes(id))
    .filter((field) => !SELDOM.includes(field.id) || isNeeded(field))
    .filter((field) => isNeeded(field) || typeOf(field) !== undefined)
    .map((field) => ({
      key: field.id,
      label: field.name,
      type: typeOf(field) ?? 'text',
      required: isNeeded(field) && field.id !== 'labels',
      choices: choicesOf(field),
      initial: initialOf(field),
    }))
    .toSorted((a, b) => Number(b.required) - Number(a.required));
}

const isNeeded = ({ required, hasDefaultValue }: ScreenField) => required && !hasDefaultValue;

/** Kinds of values that are chosen from a list. */
const CHOSEN = ['option', 'option-with-child', 'priority', 'version', 'component', 'resolution', 'securitylevel'];

function typeOf({ schema, allowedValues }: ScreenField): TicketField['type'] | undefined {
  const { type, items } = schema;
  if (isLongText(schema)) return 'longText';
  if (type === 'array') {
    if (CHOSEN.includes(items)) return 'choices';
    if (items === 'string') return allowedValues.length > 0 ? 'choices' : 'text';
    return items === 'user' ? 'person' : undefined;
  }
  if (CHOSEN.includes(type)) return 'choice';
  const simple = { string: 'text', number: 'number', date: 'date', datetime: 'date', user: 'person' } as const;
  return type in simple ? simple[type as keyof typeof simple] : undefined;
}

/** Those that hold a document in Jira Cloud. */
const isLongText = ({ type, system, custom }: ScreenField['schema']) =>
  (type === 'string' && (system === 'environment' || custom.endsWith(':textarea'))) || type === 'doc';

function choicesOf({ id, allowedValues }: MetaField): readonly TicketChoice[] {
  return allowedValues
    .filter(({ isGone, isReleased }) => !isGone && !(isReleased && id === 'fixVersions'))
    .flatMap(({ id: own, label, children }) => [
      { value: own ?? label, label },
      ...children.map((child) => ({ value: `${own ?? label}:${child.id}`, label: `${label} / ${child.value}` })),
    ]);
}

function initialOf({ defaultValue }: MetaField): string {
  const parsed = v.safeParse(v.object({ id: idSchema }), defaultValue);
  return parsed.success ? parsed.output.id : '';
}

/** One value as Jira wants to be told; undefined for nothing. */
export function encoded(field: ScreenField, value: TicketFieldValue, flavour: Flavour, utcOffset: number): unknown {
  const values = (typeof value === 'string' ? [value] : value).map((each) => each.trim()).filter((each) => each !== '');
  const [first] = values;
  if (first === undefined) return undefined;
  const { schema } = field;
  if (schema.type === 'array') return arrayOf(field, values, flavour);
  if (isLongText(schema)) return flavour.toBody(first);
  if (CHOSEN.includes(schema.type)) return chosen(field, first);
  if (schema.type === 'user') return flavour.person(first);
  if (schema.type === 'number') return Number(first);
  if (schema.type === 'datetime') return `${first}T00:00:00.000${offsetText(utcOffset)}`;
  return first;
}

function arrayOf(field: ScreenField, values: readonly string[], flavour: Flavour): unknown {
  const { items } = field.schema;
  if (items === 'user') return values.map((each) => flavour.person(each));
  if (CHOSEN.includes(items)) return values.map((each) => chosen(field, each));
  // labels hold no spaces
  return field.allowedValues.length > 0 ? values : values.flatMap((each) => each.split(/[\s,，、]+/).filter(Boolean));
}

function chosen({ allowedValues, schema }: ScreenField, value: string): object {
  if (schema.type === 'option-with-child') {
    const [id = '', child] = value.split(':');
    return { id, ...(child === undefined ? {} : { child: { id: child } }) };
  }
  const hasNoId = allowedValues.some(({ id, label }) => id === undefined && label === value);
  if (!hasNoId) return { id: value };
  return schema.type === 'option' || schema.items === 'option' ? { value } : { name: value };
}

/** @param minutes east of UTC */
function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(size / 60)}${two(size % 60)}`;
}
