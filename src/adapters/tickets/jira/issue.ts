/** A ticket as Jira tells it, and how it stands. */
import * as v from 'valibot';
import type { CaseKind } from '../../../domain/case/state';
import type {
  RequestProgress,
  TicketComment,
  TicketProgress,
  TicketSnapshot,
  TrackerPerson,
} from '../../../domain/tickets/tracker';
import { REFUSING } from '../refusing';
import type { Flavour } from './site';

/** An id is a number here and a text there. */
export const idSchema = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

export const personSchema = v.object({
  accountId: v.optional(v.string()),
  name: v.optional(v.string()),
  displayName: v.optional(v.string(), ''),
});

export const statusSchema = v.object({
  id: v.optional(idSchema, ''),
  name: v.string(),
  statusCategory: v.object({ key: v.string() }),
});
export type Status = v.InferOutput<typeof statusSchema>;

const versionSchema = v.object({
  name: v.string(),
  released: v.optional(v.boolean(), false),
  releaseDate: v.optional(v.string(), ''),
});

/** What is asked for at every reading. */
export const FIELDS = 'summary,status,assignee,fixVersions,duedate,attachment,resolution,updated,labels,description';

/** A field that is hidden in the project is left out of the answer. */
export const issueSchema = v.object({
  id: idSchema,
  key: v.string(),
  fields: v.object({
    summary: v.string(),
    status: statusSchema,
    resolution: v.nullish(v.object({ name: v.string() })),
    assignee: v.nullish(personSchema),
    fixVersions: v.optional(v.array(versionSchema), []),
    duedate: v.nullish(v.string()),
    updated: v.optional(v.string(), ''),
    labels: v.optional(v.array(v.string()), []),
    description: v.optional(v.unknown()),
    attachment: v.optional(v.array(v.object({ filename: v.string(), size: v.optional(v.number(), 0) })), []),
  }),
});
export type Issue = v.InferOutput<typeof issueSchema>;

export const commentSchema = v.object({
  id: idSchema,
  author: v.nullish(personSchema),
  body: v.unknown(),
  created: v.string(),
});
export type Comment = v.InferOutput<typeof commentSchema>;

/** @param comments the oldest first */
export function snapshotOf(
  { id, key, fields }: Issue,
  comments: readonly Comment[],
  kind: CaseKind,
  flavour: Flavour,
): TicketSnapshot {
  const { summary, status, resolution, assignee, fixVersions, duedate, updated, attachment } = fields;
  return {
    key,
    id,
    url: `${flavour.pages}/browse/${encodeURIComponent(key)}`,
    title: summary,
    status: status.name,
    progress: progressOf(status),
    ...(kind === 'request' ? { request: requestProgressOf(fields) } : {}),
    resolution: resolution?.name ?? '',
    ...(assignee ? { assignee: personOf(assignee) } : {}),
    fixVersion: fixVersions.map(({ name }) => name).join(', '),
    // all of it is out when its last version is
    dueDate:
      duedate ||
      (fixVersions
        .map(({ releaseDate }) => releaseDate)
        .toSorted()
        .at(-1) ??
        ''),
    comments: comments.map((comment) => commentOf(comment, flavour)),
    files: attachment.map(({ filename }) => filename),
    updatedAt: isoTime(updated),
  };
}

export const personOf = ({ accountId, name, displayName }: v.InferOutput<typeof personSchema>): TrackerPerson => ({
  id: accountId ?? name ?? '',
  name: displayName || (name ?? ''),
});

export const commentOf = ({ id, author, body, created }: Comment, flavour: Flavour): TicketComment => ({
  id,
  by: author ? personOf(author).name : '',
  at: isoTime(created),
  text: flavour.toText(body),
});

/** Jira writes zones without a colon: "2026-11-22T10:19:17.000+0000". */
export const isoTime = (time: string) => time.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');

/** Waiting to be verified, of whatever category: the names are the company's own. */
const VERIFY = /resolved|fixed|verif|\bqa\b|\btest|已解决|已修复|待验证|验证中|测试|回归/i;

export const isDone = ({ statusCategory }: Status) => statusCategory.key === 'done';

/** By the category, which no company can change. */
export function progressOf(status: Status): TicketProgress {
  const { key } = status.statusCategory;
  if (key === 'new') return 'open';
  // "Resolved" is of the category "done" in Jira's own workflow, and is not closed yet
  if (VERIFY.test(status.name)) return 'toVerify';
  return key === 'done' ? 'done' : key === 'indeterminate' ? 'inProgress' : 'open';
}

/** "In review" is said of code as well, once it is made. */
const EVALUATED = /evaluat|analy|triage|discuss|评估|需求评审|分析|讨论/i;

/** What a product manager's statuses, versions and resolutions say of a request (spec L51). */
function requestProgressOf({ status, resolution, fixVersions, duedate, assignee }: Issue['fields']): RequestProgress {
  const { key } = status.statusCategory;
  if (key === 'done') {
    if (REFUSING.test(resolution?.name ?? '') || REFUSING.test(status.name)) return 'notAdopted';
    // made, but nobody has it before its version is out
    return fixVersions.every(({ released }) => released) ? 'released' : 'inDevelopment';
  }
  if (EVALUATED.test(status.name) || (key === 'new' && /review|评审/i.test(status.name))) return 'evaluating';
  if (/selected|planned|scheduled|排期|计划/i.test(status.name)) return 'scheduled';
  if (key === 'indeterminate') return 'inDevelopment';
  if (fixVersions.length > 0 || (duedate ?? '') !== '') return 'scheduled';
  return assignee ? 'evaluating' : 'waiting';
}
