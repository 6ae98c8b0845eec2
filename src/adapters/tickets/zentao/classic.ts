/** What only the pages for people can do: a comment, and a file for a bug that is there already. */
import { unescapeHtml } from '../../../domain/tickets/formats';
import { TrackerError, type TicketFile } from '../../../domain/tickets/tracker';
import { jsonOf } from '../http';
import { plainText } from './html';
import { formOf, type ObjectType, type Values } from './dialects';
import type { Session, Site } from './session';
import { accountsOf, buildsOf, idOf, isRaw, type Item, type Raw, textOf } from './values';

/** The address of a page in the style that this server is set to. */
export function pagePath(
  { requestType, requestFix }: Pick<Site, 'requestType' | 'requestFix'>,
  module: string,
  method: string,
  parameters: Readonly<Record<string, string>>,
): string {
  if (requestType === 'GET') {
    const query = Object.entries(parameters).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
    return `/index.php?m=${module}&f=${method}${query.join('')}&t=json`;
  }
  return `/${[module, method, ...Object.values(parameters)].map(encodeURIComponent).join(requestFix)}.json`;
}

/** Of the site itself: without it the server empties the form and says "success". */
const refererOf = (session: Session) => ({ Referer: session.address('/') });

/** Whether it is there is not to be had from the answer. */
export async function postComment(
  session: Session,
  type: ObjectType,
  id: string,
  html: string,
  signal?: AbortSignal,
): Promise<void> {
  const { site } = await session.signed(signal);
  // newer ones call it something else
  const names = /^1\d\./.test(site.version) ? ['comment'] : ['comment', 'actioncomment'];
  await session.send({
    method: 'POST',
    path: pagePath(site, 'action', 'comment', { objectType: type, objectID: id }),
    headers: refererOf(session),
    body: new URLSearchParams(names.map((name) => [name, html])),
    signal,
  });
}

/** Fields of the edit form: those that are not sent are emptied. */
const FORM = [
  'title product branch module plan project execution story task severity pri type keywords status assignedTo',
  'deadline steps resolvedBy resolution resolvedDate resolvedBuild closedBy closedDate duplicateBug case testtask',
  'feedbackBy notifyEmail',
].flatMap((line) => line.split(' '));
const LISTS = ['os', 'browser', 'linkBug'];

/** The bug as its page has it: times and accounts as the form wants them back. */
async function formValuesOf(session: Session, id: string, signal?: AbortSignal): Promise<Values> {
  const { site } = await session.signed(signal);
  const path = pagePath(site, 'bug', 'view', { bugID: id });
  const reply = await session.send({ method: 'GET', path, signal });
  const body = jsonOf(reply);
  const data = isRaw(body) ? jsonOf({ ...reply, text: textOf(body['data']) }) : undefined;
  const bug = isRaw(data) ? data['bug'] : undefined;
  if (!isRaw(bug) || idOf(bug['id']) !== id) throw new TrackerError('not-understood', 'bug', { status: reply.status });
  const values: Record<string, string | readonly string[]> = {};
  for (const key of FORM) values[key] = textOf(bug[key]).replace(/^0000-00-00.*$/, '');
  // what is no HTML was escaped when it came, and will be again
  for (const key of ['title', 'keywords']) values[key] = unescapeHtml(textOf(bug[key]));
  for (const key of LISTS) {
    const entries = accountsOf(bug[key]);
    values[key] = entries.length === 0 ? '' : entries;
  }
  return {
    ...values,
    mailto: accountsOf(bug['mailto']),
    openedBuild: buildsOf(bug['openedBuild']).map((each) => each.id),
  };
}

/** Sends the whole bug again, with files: what changed by it is for the caller to compare. */
export async function postFiles(
  session: Session,
  id: string,
  files: readonly TicketFile[],
  signal?: AbortSignal,
): Promise<void> {
  const values = await formValuesOf(session, id, signal);
  const { site } = await session.signed(signal);
  await session.send({
    method: 'POST',
    path: pagePath(site, 'bug', 'edit', { bugID: id }),
    headers: refererOf(session),
    body: formOf({ comment: '', ...values }, files),
    signal,
  });
}

/** What should be as it was, by its name there. */
export function changedBy(before: Item, after: Item, except: readonly string[] = []): readonly string[] {
  const [was, is] = [keptOf(before), keptOf(after)];
  return Object.keys(was).filter((key) => was[key] !== is[key] && !except.includes(key));
}

const KEPT = [
  'branch module execution story task severity pri type category duplicateBug os browser case testtask feedbackBy',
  'notifyEmail linkBug source estimate',
].flatMap((line) => line.split(' '));

function keptOf(item: Item): Readonly<Record<string, string>> {
  const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id).join(',');
  return {
    title: item.title,
    keywords: item.keywords,
    status: item.status,
    steps: plainText(item.text),
    assignedTo: item.assignee?.id ?? '',
    mailto: item.mailto.join(','),
    openedBuild: ids(item.openedBuild),
    resolvedBuild: item.resolvedBuild?.id ?? '',
    resolution: item.resolution,
    plan: item.plans.join(','),
    project: item.project,
    deadline: item.deadline,
    ...Object.fromEntries(KEPT.map((key) => [key, rawOf(item.raw, key)])),
  };
}

/** "0" and nothing are the same to it: it writes one for the other. */
const rawOf = (raw: Raw, key: string) =>
  accountsOf(textOf(raw[key]))
    .filter((each) => each !== '0')
    .join(',');
