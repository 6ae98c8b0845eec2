/** Filters with a name: those that everybody has, and those of the setting `casebook.cases.savedFilters`. */
import { w, type Words } from '../../domain/words';
import { byFacet, type Condition, type Facet, facets, isPeriod } from './facets';
import { isRecord } from '../../domain/record';

export interface SavedFilter {
  readonly name: string;
  readonly conditions: readonly Condition[];
}

/** As it stands in the settings: name → facet → values. */
export type SavedFilters = Readonly<Record<string, Readonly<Partial<Record<Facet, readonly string[]>>>>>;

const open: Condition = { facet: 'status', value: 'open' };

export const builtIn: readonly { readonly label: Words; readonly conditions: readonly Condition[] }[] = [
  { label: w('My open cases', '我的未关闭案例'), conditions: [{ facet: 'mine', value: 'me' }, open] },
  { label: w('Overdue', '已逾期'), conditions: [{ facet: 'due', value: 'overdue' }] },
  { label: w('Urgent open cases', '紧急的未关闭案例'), conditions: [{ facet: 'urgency', value: 'urgent' }, open] },
  { label: w('Waiting on the customer', '等待客户'), conditions: [{ facet: 'waitingOn', value: 'customer' }] },
];

/** Settings are written by hand: what has no such shape is left out, the rest holds. */
export function readSavedFilters(raw: unknown): readonly SavedFilter[] {
  return Object.entries(isRecord(raw) ? raw : {}).flatMap(([name, entry]) => {
    const conditions = readConditions(entry);
    return name.trim() === '' || conditions.length === 0 ? [] : [{ name, conditions }];
  });
}

function readConditions(raw: unknown): readonly Condition[] {
  if (!isRecord(raw)) return [];
  return facets.flatMap((facet) => {
    const values: unknown = raw[facet];
    if (!Array.isArray(values)) return [];
    return values
      .filter((value): value is string => typeof value === 'string' && (facet !== 'received' || isPeriod(value)))
      .map((value) => ({ facet, value }));
  });
}

export function asSetting(conditions: readonly Condition[]): SavedFilters[string] {
  return Object.fromEntries(byFacet(conditions));
}
