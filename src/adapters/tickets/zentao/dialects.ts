/** How the same is asked of both interfaces: v1 (to 21) and v2 (from 22). */
import { TrackerError } from '../../../domain/tickets/tracker';
import type { Call } from '../http';
import type { Generation } from './session';
import { isRaw, type Item, textOf } from './values';

export type ObjectType = 'bug' | 'story';

/** What is listed, and whose: plans, bugs and stories of a product, builds of a project. */
export type Listed = 'products' | 'users' | 'plans' | 'builds' | 'bugs' | 'stories';

export type Values = Readonly<Record<string, string | number | readonly string[]>>;

export interface Closed {
  /** HTML; empty for none. */
  readonly comment: string;
  /** Of a story: "done", "willnotdo" … */
  readonly reason: string;
}

export interface Reopened {
  readonly comment: string;
  readonly assignedTo: string;
  readonly openedBuild: readonly string[];
}

type Request = Pick<Call, 'method' | 'path' | 'body'>;

export interface Dialect {
  /** Path, and the key that the list stands under. */
  list(what: Listed, owner: string, page: number): { readonly path: string; readonly key: string };
  /** How many there are on all pages, as an answer says. */
  total(answer: Readonly<Record<string, unknown>>): number;
  item(type: ObjectType, id: string): string;
  /** The bug or story in an answer, with its history. */
  itemIn(answer: unknown, type: ObjectType): unknown;
  create(type: ObjectType, product: string, values: Values): Request & { readonly body: Values };
  assign(type: ObjectType, item: Item, person: string, comment: string): Request;
  close(type: ObjectType, id: string, closed: Closed): Request;
  reopen(type: ObjectType, id: string, reopened: Reopened): Request;
}

export const PAGE = 100;

const plural = { bug: 'bugs', story: 'stories' } as const;

const said = (comment: string) => (comment === '' ? {} : { comment });

const to = (assignedTo: string) => (assignedTo === '' ? {} : { assignedTo });

const v1: Dialect = {
  list(what, owner, page) {
    // without a status only the open ones are told
    const status = { bugs: '&order=id_desc&status=all', stories: '&order=id_desc&status=allstory' };
    const query = `limit=${PAGE}&page=${page}${what === 'bugs' || what === 'stories' ? status[what] : ''}`;
    if (what === 'products' || what === 'users') return { path: `/api.php/v1/${what}?${query}`, key: what };
    const owners = what === 'builds' ? 'projects' : 'products';
    return { path: `/api.php/v1/${owners}/${encodeURIComponent(owner)}/${what}?${query}`, key: what };
  },
  total: (answer) => Number(textOf(answer['total'])) || 0,
  item: (type, id) => `/api.php/v1/${plural[type]}/${encodeURIComponent(id)}`,
  itemIn: (answer) => answer,
  create: (type, product, values) => ({
    method: 'POST',
    path: `/api.php/v1/products/${encodeURIComponent(product)}/${plural[type]}`,
    body: values,
  }),
  assign: (type, { id, mailto }, assignedTo, comment) => ({
    method: 'POST',
    path: `${v1.item(type, id)}/assign`,
    // who is copied in is forgotten unless said again
    body: { assignedTo, ...(type === 'story' || mailto.length === 0 ? {} : { mailto }), ...said(comment) },
  }),
  close: (type, id, { comment, reason }) => ({
    method: 'POST',
    path: `${v1.item(type, id)}/close`,
    body: { ...(type === 'story' ? { closedReason: reason } : {}), ...said(comment) },
  }),
  reopen: (type, id, { comment, assignedTo, openedBuild }) => ({
    method: 'POST',
    path: `${v1.item(type, id)}/active`,
    body: { ...to(assignedTo), ...(type === 'story' ? { status: 'active' } : { openedBuild }), ...said(comment) },
  }),
};

const v2: Dialect = {
  list(what, owner, page) {
    const kinds = { bugs: 'browseType=all&orderBy=id_desc&', stories: 'browseType=allstory&orderBy=id_desc&' };
    const query = `${what === 'bugs' || what === 'stories' ? kinds[what] : ''}recPerPage=${PAGE}&pageID=${page}`;
    if (what === 'products' || what === 'users') return { path: `/api.php/v2/${what}?${query}`, key: what };
    const owners = what === 'builds' ? 'projects' : 'products';
    const key = what === 'plans' ? 'productplans' : what;
    return { path: `/api.php/v2/${owners}/${encodeURIComponent(owner)}/${key}?${query}`, key };
  },
  total: ({ pager }) => (isRaw(pager) && Number(textOf(pager['recTotal']))) || 0,
  item: (type, id) => `/api.php/v2/${plural[type]}/${encodeURIComponent(id)}`,
  itemIn(answer, type) {
    if (!isRaw(answer) || !isRaw(answer[type])) return undefined;
    return 'actions' in answer ? { ...answer[type], actions: answer['actions'] } : answer[type];
  },
  create: (type, product, values) => ({
    method: 'POST',
    path: `/api.php/v2/${plural[type]}`,
    body: { productID: Number(product), ...values },
  }),
  // it takes what is not said from the form; a story's title must be said
  assign: (type, { id, title }, assignedTo) => ({
    method: 'PUT',
    path: v2.item(type, id),
    body: { ...(type === 'story' ? { title } : {}), assignedTo },
  }),
  close: (type, id, { comment, reason }) => ({
    method: 'PUT',
    path: `${v2.item(type, id)}/close`,
    body: { ...(type === 'story' ? { closedReason: reason } : {}), ...said(comment) },
  }),
  reopen: (type, id, { comment, assignedTo, openedBuild }) => ({
    method: 'PUT',
    path: `${v2.item(type, id)}/activate`,
    body: { ...(type === 'bug' ? { openedBuild } : {}), ...to(assignedTo), ...said(comment) },
  }),
};

export const dialects: Readonly<Record<Generation, Dialect>> = { v1, v2 };

/** A form with files, as v1 takes it beside JSON: PHP reads either. */
export function formOf(
  values: Values,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === 'object') for (const each of value) form.append(`${key}[]`, each);
    else form.append(key, String(value));
  }
  for (const { name } of files) form.append('labels[]', name);
  for (const { name, bytes } of files) form.append('files[]', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

export function typeOf(kind: 'issue' | 'request'): ObjectType {
  return kind === 'issue' ? 'bug' : 'story';
}

/** @throws TrackerError 'not-understood' */
export function understood<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TrackerError('not-understood', what);
  return value;
}
