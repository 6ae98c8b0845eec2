/** Reading tickets, projects and people of a Jira, and finding the ticket of a case. */
import * as v from 'valibot';
import { TrackerError } from '../../../domain/tickets/tracker';
import { read, readAfterWrite } from '../http';
import { type Comment, commentSchema, FIELDS, idSchema, type Issue, issueSchema, personSchema } from './issue';
import { allPages, type Site } from './site';

/** A ticket with all its comments, the oldest first. */
export interface Whole {
  readonly issue: Issue;
  readonly comments: readonly Comment[];
}

/** The label of a case's ticket: labels hold no spaces and are found exactly. */
export const labelOf = (caseId: string) => `casebook-${caseId.toLowerCase()}`;

const foundSchema = v.object({
  id: idSchema,
  key: v.string(),
  fields: v.object({ summary: v.optional(v.string(), ''), labels: v.optional(v.array(v.string()), []) }),
});
type Found = v.InferOutput<typeof foundSchema>;

const hitsSchema = v.object({
  issues: v.array(foundSchema),
  isLast: v.optional(v.boolean()),
  nextPageToken: v.nullish(v.string()),
  total: v.optional(v.number()),
});

const assignableSchema = v.object({
  ...personSchema.entries,
  accountType: v.optional(v.string(), 'atlassian'),
  active: v.optional(v.boolean(), true),
});

/** What a search does not know yet is not more than this. */
const MOST_UNINDEXED = 30;
/** Numbers without a ticket, one after another, until there is no more: deleted, or hidden from this person. */
const MOST_GAPS = 3;

export class Issues {
  constructor(private readonly site: Site) {}

  /** @param key or id; keys change when a ticket is moved */
  async whole(key: string, signal?: AbortSignal): Promise<Whole> {
    const path = `/issue/${encodeURIComponent(key)}`;
    try {
      const reply = await this.site.call({ method: 'GET', path: `${path}?fields=${FIELDS}`, signal });
      return { issue: read(issueSchema, reply), comments: await this.comments(path, signal) };
    } catch (error) {
      // to nobody every ticket is unknown: then it is the sign-in that failed
      if (error instanceof TrackerError && error.reason === 'not-found') await this.myself(signal);
      throw error;
    }
  }

  async written(key: string, signal?: AbortSignal): Promise<Whole> {
    return readAfterWrite(this.whole(key, signal));
  }

  /** Those of the fields that the ticket has a value for. */
  async filled(key: string, fields: readonly string[], signal?: AbortSignal): Promise<readonly string[]> {
    if (fields.length === 0) return [];
    const query = new URLSearchParams({ fields: fields.join(',') });
    const path = `/issue/${encodeURIComponent(key)}?${query}`;
    const reply = await this.site.call({ method: 'GET', path, signal });
    const { fields: values } = read(v.object({ fields: v.record(v.string(), v.unknown()) }), reply);
    const isEmpty = (value: unknown) =>
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    return fields.filter((field) => !isEmpty(values[field]));
  }

  private async myself(signal?: AbortSignal): Promise<void> {
    await this.site.call({ method: 'GET', path: '/myself', signal });
  }

  private async comments(path: string, signal?: AbortSignal): Promise<readonly Comment[]> {
    const page = v.object({ comments: v.array(commentSchema), total: v.optional(v.number(), 0) });
    const all = await allPages(async (startAt) => {
      const query = `orderBy=-created&maxResults=50${startAt === 0 ? '' : `&startAt=${startAt}`}`;
      const { comments, total } = read(
        page,
        await this.site.call({ method: 'GET', path: `${path}/comment?${query}`, signal }),
      );
      return { items: comments, isLast: comments.length === 0 || startAt + comments.length >= total };
    });
    return all.toSorted((a, b) => Date.parse(a.created) - Date.parse(b.created) || Number(a.id) - Number(b.id));
  }

  async projects<Schema extends v.GenericSchema>(
    project: Schema,
    signal?: AbortSignal,
  ): Promise<readonly v.InferOutput<Schema>[]> {
    const { isCloud } = await this.site.flavour(signal);
    if (!isCloud) return read(v.array(project), await this.site.call({ method: 'GET', path: '/project', signal }));
    const page = v.object({ values: v.array(project), isLast: v.optional(v.boolean(), true) });
    return allPages(async (startAt) => {
      const path = `/project/search?startAt=${startAt}&maxResults=50&orderBy=name&action=create`;
      const { values, isLast } = read(page, await this.site.call({ method: 'GET', path, signal }));
      return { items: values, isLast };
    });
  }

  /** Those whom a ticket of this project may be assigned to. */
  async assignable(place: string, signal?: AbortSignal) {
    const all = await allPages(async (startAt) => {
      const query = new URLSearchParams({ project: place, startAt: String(startAt), maxResults: '100' });
      const reply = await this.site.call({ method: 'GET', path: `/user/assignable/search?${query}`, signal });
      const items = read(v.array(assignableSchema), reply);
      // a page of the cloud may be short before the last one
      return { items, isLast: items.length === 0 };
    });
    return all.filter(({ active, accountType }) => active && accountType === 'atlassian');
  }

  /**
   * Id of the ticket that was made for a case.
   * @param title as it was sent, with the mark
   */
  async marked(caseId: string, title: string, place: string, signal?: AbortSignal): Promise<string | undefined> {
    const label = labelOf(caseId);
    // others may speak of the case in a title
    const isMade = ({ fields }: Found) =>
      fields.labels.includes(label) || fields.summary.includes(`[${caseId}]`) || fields.summary === title;
    const jql = `labels = "${label}" OR summary ~ "\\"${caseId}\\"" ORDER BY created ASC`;
    const found = (await this.search(jql, 50, signal)).find(isMade) ?? (await this.unindexed(isMade, place, signal));
    return found?.id;
  }

  /** A search does not know at once what was made; a reading does. Numbers go up by one within a project. */
  private async unindexed(
    isMade: (issue: Found) => boolean,
    place: string,
    signal?: AbortSignal,
  ): Promise<Found | undefined> {
    const quoted = place.replace(/["\\]/g, String.raw`\$&`);
    const [newest] = await this.search(`project = "${quoted}" ORDER BY key DESC`, 1, signal);
    const [, prefix = place, number = '0'] = /^(.+)-(\d+)$/.exec(newest?.key ?? '') ?? [];
    for (let next = 1, gaps = 0; next <= MOST_UNINDEXED && gaps < MOST_GAPS; next += 1) {
      const issue = await this.perhaps(`${prefix}-${Number(number) + next}`, signal);
      if (issue && isMade(issue)) return issue;
      gaps = issue ? 0 : gaps + 1;
    }
    return undefined;
  }

  private async perhaps(key: string, signal?: AbortSignal): Promise<Found | undefined> {
    const path = `/issue/${encodeURIComponent(key)}?fields=summary,labels`;
    try {
      return read(foundSchema, await this.site.call({ method: 'GET', path, signal }));
    } catch (error) {
      if (error instanceof TrackerError && ['not-found', 'forbidden'].includes(error.reason)) return undefined;
      throw error;
    }
  }

  /** @param most hits to ask for at once */
  private async search(jql: string, most: number, signal?: AbortSignal): Promise<readonly Found[]> {
    const { isCloud } = await this.site.flavour(signal);
    const asked = { jql, fields: ['summary', 'labels'], maxResults: most };
    let token: string | undefined;
    return allPages(async (startAt) => {
      const path = isCloud ? '/search/jql' : '/search';
      const from = isCloud ? (token === undefined ? {} : { nextPageToken: token }) : { startAt };
      const { issues, total, nextPageToken } = read(
        hitsSchema,
        await this.site.call({ method: 'POST', path, body: { ...asked, ...from }, signal }),
      );
      token = nextPageToken ?? undefined;
      const isLast =
        most === 1 || (isCloud ? token === undefined : issues.length === 0 || startAt + issues.length >= (total ?? 0));
      return { items: issues, isLast };
    });
  }
}
