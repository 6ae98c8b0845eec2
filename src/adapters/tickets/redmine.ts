/** Redmine: one key, Textile or Markdown, and "204 No Content" also for what it did not do, so that all is read again. */
import * as v from 'valibot';
import type { CaseKind } from '../../domain/case/state';
import { toMarkdownText, toTextile } from '../../domain/tickets/formats';
import {
  type Closing,
  type NewTicket,
  type TicketChoice,
  type TicketField,
  type TicketFile,
  type TicketPreview,
  type TicketSnapshot,
  type Tracker,
  type TrackerCapabilities,
  type TrackerConnection,
  TrackerError,
  type TrackerIdentity,
  type TrackerPerson,
  type TrackerPlace,
} from '../../domain/tickets/tracker';
import { type Call, failureOf, Http, jsonOf, read, readAfterWrite, type Reply, retryAfter } from './http';
import { contains, markedTitle } from './marks';
import { type Issue, issueSchema, named, snapshotOf, type Status, VERIFY } from './redmineIssue';
import { REFUSING } from './refusing';

const JSON_TYPE = { 'Content-Type': 'application/json' };

export class RedmineTracker implements Tracker {
  static readonly capabilities: TrackerCapabilities = {
    create: true,
    read: true,
    comment: true,
    attach: true,
    assign: true,
    close: true,
    reactivate: true,
    fixVersion: true,
    dueDate: true,
    search: true,
  };
  readonly system = 'redmine';
  readonly capabilities = RedmineTracker.capabilities;
  private readonly http: Http;

  /** @param secret the person's API key */
  constructor(
    private readonly connection: TrackerConnection,
    private readonly secret: string,
    private readonly now: () => number,
  ) {
    this.http = new Http({ url: connection.url, secrets: [secret] });
  }

  async test(signal?: AbortSignal): Promise<TrackerIdentity> {
    // on a public project a wrong key counts as nobody: only this says who it belongs to
    const reply = await this.call({ method: 'GET', path: '/users/current.json', signal });
    const user = v.object({ login: v.string(), firstname: v.string(), lastname: v.string() });
    const { login, firstname, lastname } = read(v.object({ user }), reply).user;
    return { account: login, displayName: `${firstname} ${lastname}`.trim(), version: '' };
  }

  async places(signal?: AbortSignal): Promise<readonly TrackerPlace[]> {
    const project = v.object({ identifier: v.string(), name: v.string() });
    const projects = await this.all('/projects.json', 'projects', project, signal);
    return projects.map(({ identifier, name }) => ({ id: identifier, name }));
  }

  async people(place: string, signal?: AbortSignal): Promise<readonly TrackerPerson[]> {
    const membership = v.object({ user: v.optional(named) });
    const path = `/projects/${encodeURIComponent(place)}/memberships.json`;
    const members = await this.all(path, 'memberships', membership, signal);
    return members.flatMap(({ user }) => (user ? [{ id: String(user.id), name: user.name }] : []));
  }

  async fields(place: string, kind: CaseKind, signal?: AbortSignal): Promise<readonly TicketField[]> {
    const [trackers, priorities, versions] = await Promise.all([
      this.list('/trackers.json', 'trackers', named, signal),
      this.list('/enumerations/issue_priorities.json', 'issue_priorities', named, signal),
      this.all(
        `/projects/${encodeURIComponent(place)}/versions.json`,
        'versions',
        v.object({ ...named.entries, status: v.optional(v.string()) }),
        signal,
      ),
    ]);
    const wanted = kind === 'issue' ? /bug|缺陷|错误|defect|问题/i : /feature|需求|功能|request|story/i;
    const usual = trackers.find(({ name }) => wanted.test(name)) ?? trackers[0];
    const choices = (entries: readonly { readonly id: number; readonly name: string }[]) =>
      entries.map(({ id, name }) => ({ value: String(id), label: name }));
    const choice = (
      key: string,
      label: string,
      required: boolean,
      entries: Parameters<typeof choices>[0],
      initial = '',
    ) => ({ key, label, type: 'choice', required, choices: choices(entries), initial }) as const;
    return [
      choice('tracker_id', 'Tracker', true, trackers, usual === undefined ? '' : String(usual.id)),
      choice('priority_id', 'Priority', false, priorities),
      choice(
        'fixed_version_id',
        'Target version',
        false,
        versions.filter(({ status }) => status !== 'closed'),
      ),
      { key: 'due_date', label: 'Due date', type: 'date', required: false, choices: [], initial: '' },
    ];
  }

  preview(ticket: NewTicket): TicketPreview {
    const { description, ...values } = this.issueOf(ticket);
    return {
      request: 'POST /issues.json',
      format: this.connection.textFormat === 'markdown' ? 'Markdown' : 'Textile',
      text: description,
      values: Object.entries(values).map(([name, value]) => [name, value]),
      replaced: '',
    };
  }

  private issueOf({ caseId, place, title, text, fields }: NewTicket) {
    const given = Object.entries(fields).filter(([, value]) => value.length > 0);
    return {
      project_id: place,
      subject: markedTitle(title, caseId),
      description: this.formatted(text),
      ...Object.fromEntries(given.map(([key, value]) => [key, typeof value === 'string' ? value : value.join(',')])),
    };
  }

  private formatted(text: string): string {
    return this.connection.textFormat === 'markdown' ? toMarkdownText(text) : toTextile(text);
  }

  async find(
    { caseId, kind, place }: Pick<NewTicket, 'caseId' | 'kind' | 'place' | 'title'>,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot | undefined> {
    const query = new URLSearchParams({
      project_id: place,
      status_id: '*',
      subject: `~${caseId}`,
      sort: 'id',
      limit: '100',
    });
    const issues = await this.list(`/issues.json?${query}`, 'issues', issueSchema, signal);
    // a server that does not know the filter answers with whatever it has
    const found = issues.find(({ subject }) => subject.includes(caseId));
    return found && this.read(String(found.id), kind, signal);
  }

  async create(ticket: NewTicket, signal?: AbortSignal): Promise<TicketSnapshot> {
    const known = await this.find(ticket, signal);
    if (known) return known;
    const uploads = await this.upload(ticket.files, signal);
    const reply = await this.call({
      method: 'POST',
      path: '/issues.json',
      headers: JSON_TYPE,
      body: { issue: { ...this.issueOf(ticket), ...(uploads.length === 0 ? {} : { uploads }) } },
      signal,
    });
    const { id } = read(v.object({ issue: v.object({ id: v.number() }) }), reply).issue;
    const made = await readAfterWrite(this.read(String(id), ticket.kind, signal));
    if (!contains(made.title, ticket.caseId)) throw new TrackerError('not-applied', made.title);
    return made;
  }

  async read(key: string, kind: CaseKind, signal?: AbortSignal): Promise<TicketSnapshot> {
    return snapshotOf(await this.issue(key, signal), kind, this.http);
  }

  private async issue(key: string, signal?: AbortSignal): Promise<Issue> {
    const path = `/issues/${encodeURIComponent(key)}.json?include=journals,attachments,allowed_statuses`;
    return read(v.object({ issue: issueSchema }), await this.call({ method: 'GET', path, signal })).issue;
  }

  async comment(key: string, kind: CaseKind, text: string, signal?: AbortSignal): Promise<TicketSnapshot> {
    const notes = this.formatted(text);
    return this.change(
      key,
      kind,
      { notes },
      (after) => after.journals.some((entry) => contains(entry.notes ?? '', notes)),
      signal,
    );
  }

  async attach(
    key: string,
    kind: CaseKind,
    files: readonly TicketFile[],
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    const uploads = await this.upload(files, signal);
    const has = (after: Issue) =>
      files.every(({ name }) => after.attachments.some(({ filename }) => filename === name));
    return this.change(key, kind, { uploads }, has, signal);
  }

  async assign(
    key: string,
    kind: CaseKind,
    person: string,
    comment: string,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    const change = { assigned_to_id: person, ...(comment === '' ? {} : { notes: this.formatted(comment) }) };
    return this.change(key, kind, change, (after) => String(after.assigned_to?.id) === person, signal);
  }

  async resolutions(key: string, _kind: CaseKind, signal?: AbortSignal): Promise<readonly TicketChoice[]> {
    const closed = await this.closedStatuses(key, signal);
    return closed.map(({ name }) => ({ value: name, label: name }));
  }

  private async closedStatuses(key: string, signal?: AbortSignal): Promise<readonly Status[]> {
    return (await this.statusesFor(key, signal)).filter((status) => status.is_closed);
  }

  async close(
    key: string,
    kind: CaseKind,
    { comment, resolution }: Closing,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    const closed = await this.closedStatuses(key, signal);
    const isSaid = ({ name }: Status) => name.toLowerCase() === resolution.trim().toLowerCase();
    // what was made and verified is not closed as refused, unless that was said
    const wanted = closed.find(isSaid) ?? closed.find(({ name }) => !REFUSING.test(name)) ?? closed[0];
    if (!wanted) throw new TrackerError('unsupported', '');
    return this.moveTo(key, kind, wanted, comment, signal);
  }

  async reactivate(key: string, kind: CaseKind, comment: string, signal?: AbortSignal): Promise<TicketSnapshot> {
    const statuses = (await this.statusesFor(key, signal)).filter((status) => !status.is_closed);
    const wanted =
      statuses.find(({ name }) => /reopen|重新|激活/i.test(name)) ??
      statuses.find(({ name }) => /feedback|反馈/i.test(name)) ??
      statuses.find(({ name }) => /progress|进行|处理/i.test(name)) ??
      statuses.find(({ name }) => !VERIFY.test(name));
    if (!wanted) throw new TrackerError('unsupported', '');
    return this.moveTo(key, kind, wanted, comment, signal);
  }

  private async moveTo(key: string, kind: CaseKind, status: Status, comment: string, signal?: AbortSignal) {
    const change = { status_id: status.id, ...(comment === '' ? {} : { notes: this.formatted(comment) }) };
    // a status that this role may not set is passed over in silence
    return this.change(key, kind, change, (after) => after.status.id === status.id, signal);
  }

  /** Those that may be set from where it is, as far as the server says; else all of them. */
  private async statusesFor(key: string, signal?: AbortSignal): Promise<readonly Status[]> {
    const { allowed_statuses: allowed } = await this.issue(key, signal);
    const all = await this.list('/issue_statuses.json', 'issue_statuses', issueSchema.entries.status, signal);
    if (allowed.length === 0) return all;
    return allowed.map((status) => ({ ...all.find(({ id }) => id === status.id), ...status }));
  }

  private async change(
    key: string,
    kind: CaseKind,
    issue: Readonly<Record<string, unknown>>,
    isDone: (after: Issue) => boolean,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    const path = `/issues/${encodeURIComponent(key)}.json`;
    await this.call({ method: 'PUT', path, headers: JSON_TYPE, body: { issue }, signal });
    const after = await readAfterWrite(this.issue(key, signal));
    if (!isDone(after)) throw new TrackerError('not-applied', after.status.name);
    return snapshotOf(after, kind, this.http);
  }

  private async upload(files: readonly TicketFile[], signal?: AbortSignal) {
    const uploads: { token: string; filename: string; content_type: string }[] = [];
    for (const { name, bytes } of files) {
      const reply = await this.call({
        method: 'POST',
        path: `/uploads.json?filename=${encodeURIComponent(name)}`,
        headers: { 'Content-Type': 'application/octet-stream' },
        body: bytes,
        signal,
      });
      const { token } = read(v.object({ upload: v.object({ token: v.string() }) }), reply).upload;
      uploads.push({ token, filename: name, content_type: 'application/octet-stream' });
    }
    return uploads;
  }

  private async call(call: Call): Promise<Reply> {
    const reply = await this.http.send({ ...call, headers: { 'X-Redmine-API-Key': this.secret, ...call.headers } });
    const reason = failureOf(reply.status);
    if (reason === undefined) return reply;
    const errors = v.safeParse(v.object({ errors: v.array(v.string()) }), jsonOf(reply));
    const said = errors.success ? errors.output.errors.join(' ') : '';
    const wait = retryAfter(reply.headers, this.now());
    throw new TrackerError(reason, this.http.clean(said), {
      status: reply.status,
      ...(wait === undefined ? {} : { retryAfter: wait }),
    });
  }

  private async list<Schema extends v.GenericSchema>(path: string, key: string, item: Schema, signal?: AbortSignal) {
    const reply = await this.call({ method: 'GET', path, signal });
    const page = read(v.record(v.string(), v.unknown()), reply);
    const entries = v.safeParse(v.array(item), page[key]);
    if (!entries.success) throw new TrackerError('not-understood', key, { status: reply.status });
    return entries.output;
  }

  private async all<Schema extends v.GenericSchema>(path: string, key: string, item: Schema, signal?: AbortSignal) {
    const found: v.InferOutput<Schema>[] = [];
    for (;;) {
      const page = await this.list(`${path}?limit=100&offset=${found.length}`, key, item, signal);
      found.push(...page);
      if (page.length < 100) return found;
    }
  }
}
