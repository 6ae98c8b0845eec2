/** Changes of the settings casebook.trackers and casebook.bots: what they do not concern stays as a person wrote it. */
import { isRecord } from '../record';

/** What an entry is named by: a connection's name, a bot's group. */
export type EntryKey = 'name' | 'group';

type Entry = Readonly<Record<string, unknown>>;

/** Undefined for what is no list: nobody knows what it was meant to be, so nothing is written over it. */
export function entriesIn(raw: unknown): readonly unknown[] | undefined {
  if (raw === undefined || raw === null) return [];
  return Array.isArray(raw) ? raw : undefined;
}

/** The names that are taken, also by entries that can't be used. */
export function namesIn(raw: unknown, key: EntryKey): readonly string[] {
  return (entriesIn(raw) ?? []).map((entry) => nameOf(entry, key)).filter((name) => name !== '');
}

/** With this entry, in the place of the one that had its name. */
export function withEntry(entries: readonly unknown[], key: EntryKey, entry: Entry): readonly unknown[] {
  const name = nameOf(entry, key);
  const at = entries.findIndex((each) => nameOf(each, key) === name);
  return at < 0 ? [...entries, entry] : entries.map((each, index) => (index === at ? entry : each));
}

export function withoutEntry(entries: readonly unknown[], key: EntryKey, name: string): readonly unknown[] {
  return entries.filter((entry) => nameOf(entry, key) !== name);
}

/**
 * With one line more, less or other in a connection's map.
 * @param to undefined takes the line away
 */
export function withMapping(
  entries: readonly unknown[],
  name: string,
  map: 'places' | 'assignees',
  from: string,
  to: string | undefined,
): readonly unknown[] {
  const at = entries.findIndex((entry) => nameOf(entry, 'name') === name);
  return entries.map((entry, index) => {
    if (index !== at || !isRecord(entry)) return entry;
    const { [map]: before, ...others } = entry;
    const { [from]: _, ...lines } = isRecord(before) ? before : {};
    const after = to === undefined ? lines : { ...lines, [from]: to };
    return Object.keys(after).length === 0 ? others : { ...others, [map]: after };
  });
}

function nameOf(entry: unknown, key: EntryKey): string {
  return isRecord(entry) && typeof entry[key] === 'string' ? entry[key].trim() : '';
}
