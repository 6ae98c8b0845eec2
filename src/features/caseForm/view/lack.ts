/** Which missing item is shown beside which field. */
import type { FieldDef } from '../../../domain/sop/field';
import type { Missing } from '../../../domain/sop/missing';

export interface PlacedLack {
  /** Field key → what it lacks, in the order in which the guard named it. */
  readonly byField: ReadonlyMap<string, readonly Missing[]>;
  /** What concerns no field on the screen. */
  readonly others: readonly Missing[];
}

export function placeLack(missing: readonly Missing[], shown: readonly FieldDef[]): PlacedLack {
  const keys = new Set(shown.map((field) => field.key));
  const byField = new Map<string, Missing[]>();
  const others: Missing[] = [];
  for (const item of missing) {
    if (item.field === undefined || !keys.has(item.field)) others.push(item);
    else byField.set(item.field, [...(byField.get(item.field) ?? []), item]);
  }
  return { byField, others };
}

/** The part of a field that an item is about: "cpu" of "environment:cpu". */
export function partOf(item: Missing): string {
  return item.field !== undefined && item.code.startsWith(`${item.field}:`)
    ? item.code.slice(item.field.length + 1)
    : '';
}

/** The first item's field in the order of the form: where the focus goes. */
export function firstField(placed: PlacedLack, shown: readonly FieldDef[]): string | undefined {
  return shown.find((field) => placed.byField.has(field.key))?.key;
}
