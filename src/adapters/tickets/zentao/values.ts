/** ZenTao writes one thing in many ways, by endpoint, version and PHP's mood: here they become one. */
import { unescapeHtml } from '../../../domain/tickets/formats';
import type { TrackerPerson } from '../../../domain/tickets/tracker';

export type Raw = Readonly<Record<string, unknown>>;

export const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A number, a text, nothing: as text. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** An id of something; "0" and nothing are none. */
export function idOf(value: unknown): string {
  const id = textOf(isRaw(value) ? value['id'] : value);
  return id === '0' ? '' : id;
}

/** A list, or PHP's list with holes: an object by key. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isRaw(value) ? Object.values(value) : [];
}

/** `{account, realname}`, an account, "closed" for nobody any more, nothing. */
export function personOf(value: unknown): TrackerPerson | undefined {
  const account = textOf(isRaw(value) ? value['account'] : value);
  if (account === '' || account === 'closed') return undefined;
  return { id: account, name: (isRaw(value) && textOf(value['realname'])) || account };
}

/** `[{account}]`, or accounts with commas between. */
export function accountsOf(value: unknown): readonly string[] {
  const entries = typeof value === 'string' ? value.split(',') : listOf(value);
  return entries.map((entry) => textOf(isRaw(entry) ? entry['account'] : entry).trim()).filter((each) => each !== '');
}

export interface Build {
  readonly id: string;
  /** As far as this answer says it. */
  readonly title: string;
}

/** "1,trunk", `[{id, title}]`, `{id, title}`, "". */
export function buildsOf(value: unknown): readonly Build[] {
  const entries =
    typeof value === 'string' ? value.split(',') : isRaw(value) && 'id' in value ? [value] : listOf(value);
  return entries.flatMap((entry) => {
    const id = idOf(typeof entry === 'string' ? entry.trim() : entry);
    return id === '' ? [] : [{ id, title: (isRaw(entry) && textOf(entry['title'])) || '' }];
  });
}

/** Null, "", "0000-00-00", "2026-12-05", "2026-12-05 00:00:00". */
export function dateOf(value: unknown): string {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(textOf(value))?.[0] ?? '';
  return date.startsWith('0000') ? '' : date;
}

/**
 * UTC with "Z" as it is, the server's own time with the offset of its zone; empty for none.
 * @param utcOffset minutes east of UTC
 */
export function instantOf(value: unknown, utcOffset: number): string {
  const [, date, time, zone] =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/.exec(textOf(value)) ?? [];
  if (date === undefined || time === undefined || /^(?:0000|1970-01-01)/.test(date)) return '';
  const two = (number: number) => String(number).padStart(2, '0');
  const minutes = Math.abs(utcOffset);
  const local = `${utcOffset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${date}T${time}${zone ?? local}`;
}

export interface Action {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  /** "commented", "assigned", "resolved" … */
  readonly action: string;
  /** HTML; empty for none. */
  readonly comment: string;
}

/** A bug or a story, in whatever shape it came. */
export interface Item {
  readonly id: string;
  readonly product: string;
  readonly project: string;
  readonly title: string;
  readonly keywords: string;
  readonly status: string;
  readonly isConfirmed: boolean;
  readonly isDeleted: boolean;
  /** Of a story. */
  readonly stage: string;
  readonly closedReason: string;
  /** HTML. */
  readonly text: string;
  readonly resolution: string;
  readonly assignee: TrackerPerson | undefined;
  readonly resolvedBy: TrackerPerson | undefined;
  readonly mailto: readonly string[];
  readonly openedBuild: readonly Build[];
  readonly resolvedBuild: Build | undefined;
  readonly plans: readonly string[];
  readonly planName: string;
  readonly deadline: string;
  readonly openedAt: string;
  readonly editedAt: string;
  readonly files: readonly string[];
  /** Undefined where the answer has none. */
  readonly actions: readonly Action[] | undefined;
  readonly raw: Raw;
}

/** @returns undefined for what is no bug and no story */
export function itemOf(raw: unknown, utcOffset: number): Item | undefined {
  if (!isRaw(raw) || idOf(raw['id']) === '' || typeof raw['title'] !== 'string') return undefined;
  return {
    id: idOf(raw['id']),
    product: idOf(raw['product']),
    project: idOf(raw['project']),
    title: unescapeHtml(raw['title']),
    keywords: unescapeHtml(textOf(raw['keywords'])),
    status: textOf(raw['status']),
    isConfirmed: textOf(raw['confirmed']) === '1',
    isDeleted: ['true', '1'].includes(textOf(raw['deleted'])),
    stage: textOf(raw['stage']),
    closedReason: textOf(raw['closedReason']),
    text: textOf(raw['steps']) || textOf(raw['spec']),
    resolution: textOf(raw['resolution']),
    assignee: personOf(raw['assignedTo']),
    resolvedBy: personOf(raw['resolvedBy']),
    mailto: accountsOf(raw['mailto']),
    openedBuild: buildsOf(raw['openedBuild']),
    resolvedBuild: buildsOf(raw['resolvedBuild'])[0],
    plans: textOf(raw['plan'])
      .split(',')
      .filter((id) => id !== '' && id !== '0'),
    planName: textOf(raw['planName']) || listOf(raw['planTitle']).map(textOf).join(', '),
    deadline: dateOf(raw['deadline']),
    openedAt: instantOf(raw['openedDate'], utcOffset),
    editedAt: instantOf(raw['lastEditedDate'], utcOffset),
    files: listOf(raw['files']).flatMap((file) => (isRaw(file) ? [textOf(file['title'])] : [])),
    actions: 'actions' in raw ? actionsOf(raw['actions'], utcOffset) : undefined,
    raw,
  };
}

/** In the order in which they were done; a company may have them the other way round. */
function actionsOf(raw: unknown, utcOffset: number): readonly Action[] {
  const actions = listOf(raw).flatMap((action) => actionOf(action, utcOffset));
  return actions.toSorted((a, b) => Number(a.id) - Number(b.id));
}

function actionOf(raw: unknown, utcOffset: number): readonly Action[] {
  if (!isRaw(raw)) return [];
  return [
    {
      id: idOf(raw['id']),
      by: personOf(raw['actor'])?.name ?? '',
      at: instantOf(raw['date'], utcOffset),
      action: textOf(raw['action']),
      comment: textOf(raw['comment']),
    },
  ];
}
