/** An issue of Redmine as its server tells it, and what that means here. */
import * as v from 'valibot';
import type { CaseKind } from '../../domain/case/state';
import { unescapeHtml } from '../../domain/tickets/formats';
import type { RequestProgress, TicketProgress, TicketSnapshot } from '../../domain/tickets/tracker';
import type { Http } from './http';
import { REFUSING } from './refusing';

export const named = v.object({ id: v.number(), name: v.string() });

export const issueSchema = v.object({
  id: v.number(),
  subject: v.string(),
  status: v.object({ id: v.number(), name: v.string(), is_closed: v.optional(v.boolean()) }),
  assigned_to: v.optional(named),
  fixed_version: v.optional(named),
  due_date: v.nullish(v.string()),
  done_ratio: v.optional(v.number(), 0),
  updated_on: v.optional(v.string(), ''),
  allowed_statuses: v.optional(
    v.array(v.object({ id: v.number(), name: v.string(), is_closed: v.optional(v.boolean()) })),
    [],
  ),
  attachments: v.optional(v.array(v.object({ filename: v.string() })), []),
  journals: v.optional(
    v.array(
      v.object({ id: v.number(), user: v.optional(named), notes: v.nullish(v.string()), created_on: v.string() }),
    ),
    [],
  ),
});
export type Issue = v.InferOutput<typeof issueSchema>;

export interface Status {
  readonly id: number;
  readonly name: string;
  readonly is_closed?: boolean | undefined;
}

export function snapshotOf(issue: Issue, kind: CaseKind, http: Http): TicketSnapshot {
  const progress = progressOf(issue);
  const { assigned_to: assignee } = issue;
  return {
    key: String(issue.id),
    id: String(issue.id),
    url: http.address(`/issues/${issue.id}`),
    title: issue.subject,
    status: issue.status.name,
    progress,
    ...(kind === 'request' ? { request: requestProgressOf(issue, progress) } : {}),
    resolution: progress === 'done' ? issue.status.name : '',
    ...(assignee ? { assignee: { id: String(assignee.id), name: assignee.name } } : {}),
    fixVersion: issue.fixed_version?.name ?? '',
    dueDate: issue.due_date ?? '',
    comments: issue.journals
      .filter(({ notes }) => (notes ?? '').trim() !== '')
      .map(({ id, user, notes, created_on: at }) => ({
        id: String(id),
        by: user?.name ?? '',
        at,
        text: plainText(notes ?? ''),
      })),
    files: issue.attachments.map(({ filename }) => filename),
    updatedAt: issue.updated_on,
  };
}

/** Our own notes come back with the marks that kept them from being markup. */
function plainText(notes: string): string {
  const unmarked = notes.replace(/<notextile>(.*?)<\/notextile>/gs, (_, text: string) => unescapeHtml(text));
  return unmarked.replaceAll('\r\n', '\n');
}

export const VERIFY = /resolved|fixed|verif|test|已解决|已修复|待验证|测试/i;

function progressOf({ status, done_ratio: done }: Issue): TicketProgress {
  if (status.is_closed) return 'done';
  if (VERIFY.test(status.name) || done === 100) return 'toVerify';
  return /^(?:new|open|新建|打开|待处理)/i.test(status.name) && done === 0 ? 'open' : 'inProgress';
}

/** What a product manager's statuses say of a request (spec L51). */
function requestProgressOf(issue: Issue, progress: TicketProgress): RequestProgress {
  if (progress === 'done') return REFUSING.test(issue.status.name) ? 'notAdopted' : 'released';
  if (progress === 'toVerify' || progress === 'inProgress') return 'inDevelopment';
  if (issue.fixed_version) return 'scheduled';
  return issue.assigned_to ? 'evaluating' : 'waiting';
}
