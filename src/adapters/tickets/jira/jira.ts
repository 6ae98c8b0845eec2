/** Jira, of the cloud (v3, documents) and of a data center (v2, wiki text): all that is written is read again. */
import * as v from 'valibot';
import type { CaseKind } from '../../../domain/case/state';
import { storable } from '../../../domain/tickets/storable';
import {
  type Closing,
  type NewTicket,
  type TicketChoice,
  type TicketField,
  type TicketFieldValue,
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
} from '../../../domain/tickets/tracker';
import { type Call, read } from '../http';
import { contains } from '../marks';
import { asked, createFields, issueTypes, usualType } from './createMeta';
import { isDone, personOf, personSchema, progressOf, snapshotOf } from './issue';
import { Issues, type Whole } from './issues';
import { newIssueFields, sentTitle } from './newIssue';
import { type Flavour, Site } from './site';
import {
  closingMove,
  type Move,
  reactivatingMove,
  resolutionsOf,
  type Transition,
  transitionsSchema,
  wantedFields,
  withoutFilled,
} from './transitions';

const projectSchema = v.object({ key: v.string(), name: v.string() });
const myselfSchema = v.object({ ...personSchema.entries, emailAddress: v.optional(v.string()) });

export class JiraTracker implements Tracker {
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
  readonly system = 'jira';
  readonly capabilities = JiraTracker.capabilities;
  private readonly site: Site;
  private readonly issues: Issues;

  /**
   * @param secret the API token of the connection's account (cloud), or a personal access token (data center)
   * @param timeout milliseconds until an answer counts as lost
   */
  constructor(
    private readonly connection: TrackerConnection,
    secret: string,
    now: () => number,
    timeout?: number,
  ) {
    this.site = new Site(connection, secret, now, timeout);
    this.issues = new Issues(this.site);
  }

  async test(signal?: AbortSignal): Promise<TrackerIdentity> {
    const { version } = await this.site.flavour(signal);
    // elsewhere a refused token may count as nobody: only this says who it belongs to
    const reply = await this.site.call({ method: 'GET', path: '/myself', signal });
    const { emailAddress, ...person } = read(myselfSchema, reply);
    const { id, name } = personOf(person);
    return { account: emailAddress || person.name || id, displayName: name, version };
  }

  async places(signal?: AbortSignal): Promise<readonly TrackerPlace[]> {
    const projects = await this.issues.projects(projectSchema, signal);
    return projects.map(({ key, name }) => ({ id: key, name }));
  }

  async people(place: string, signal?: AbortSignal): Promise<readonly TrackerPerson[]> {
    return (await this.issues.assignable(place, signal)).map(personOf);
  }

  async fields(
    place: string,
    kind: CaseKind,
    signal?: AbortSignal,
    chosen: Readonly<Record<string, TicketFieldValue>> = {},
  ): Promise<readonly TicketField[]> {
    const types = await issueTypes(this.site, place, signal);
    const type = types.find(({ id }) => id === chosen['issuetype']) ?? usualType(types, kind);
    const field: TicketField = {
      key: 'issuetype',
      label: 'Issue Type',
      type: 'choice',
      required: true,
      choices: types.map(({ id, name }) => ({ value: id, label: name })),
      initial: type?.id ?? '',
      decides: true,
    };
    return [field, ...(type ? asked(await createFields(this.site, place, type.id, signal)) : [])];
  }

  async preview(ticket: NewTicket, signal?: AbortSignal): Promise<TicketPreview> {
    const { root, format } = await this.site.flavour(signal);
    const { description, ...values } = await this.fieldsOf(ticket, signal);
    const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
    return {
      request: `POST ${root}/issue`,
      format,
      text: typeof description === 'string' ? description : JSON.stringify(description, undefined, 2),
      values: Object.entries(values).map(([name, value]) => [name, shown(value)]),
      replaced: storable([ticket.title, ticket.text, ...Object.values(ticket.fields).flat()].join('\n')).replaced,
    };
  }

  private fieldsOf(ticket: NewTicket, signal?: AbortSignal) {
    return newIssueFields(this.site, ticket, this.connection.utcOffset, signal);
  }

  async find(
    { caseId, kind, place, title }: Pick<NewTicket, 'caseId' | 'kind' | 'place' | 'title'>,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot | undefined> {
    const id = await this.issues.marked(caseId, sentTitle(title, caseId), place, signal);
    return id === undefined ? undefined : this.read(id, kind, signal);
  }

  async create(ticket: NewTicket, signal?: AbortSignal): Promise<TicketSnapshot> {
    // nobody finds no ticket, and may even be allowed to make one
    await this.test(signal);
    const made = (await this.find(ticket, signal)) ?? (await this.make(ticket, signal));
    if (ticket.files.length === 0) return made;
    try {
      return await this.attach(made.id, ticket.kind, ticket.files, signal);
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error;
      throw new TrackerError(error.reason, error.said, { ...error.details, made, cause: error });
    }
  }

  private async make(ticket: NewTicket, signal?: AbortSignal): Promise<TicketSnapshot> {
    const fields = await this.fieldsOf(ticket, signal);
    const reply = await this.site.call({ method: 'POST', path: '/issue', body: { fields }, signal });
    const { id } = read(v.object({ id: v.string() }), reply);
    const flavour = await this.site.flavour(signal);
    const whole = await this.issues.written(id, signal);
    const made = snapshotOf(whole.issue, whole.comments, ticket.kind, flavour);
    const { summary, description } = whole.issue.fields;
    const hasText = contains(flavour.toText(description), flavour.toText(fields['description']));
    if (!contains(summary, ticket.caseId) || !hasText) throw new TrackerError('not-applied', summary, { made });
    return made;
  }

  async read(key: string, kind: CaseKind, signal?: AbortSignal): Promise<TicketSnapshot> {
    return this.told(await this.issues.whole(key, signal), kind);
  }

  private async told({ issue, comments }: Whole, kind: CaseKind): Promise<TicketSnapshot> {
    return snapshotOf(issue, comments, kind, await this.site.flavour());
  }

  async comment(key: string, kind: CaseKind, text: string, signal?: AbortSignal): Promise<TicketSnapshot> {
    const flavour = await this.site.flavour(signal);
    const body = flavour.toBody(storable(text).text);
    await this.site.call({ method: 'POST', path: `${pathOf(key)}/comment`, body: { body }, signal });
    const after = await this.issues.written(key, signal);
    if (!after.comments.some((each) => says(each.body, body, flavour))) throw notApplied(after);
    return this.told(after, kind);
  }

  async attach(
    key: string,
    kind: CaseKind,
    files: readonly TicketFile[],
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    // a name may be there many times: what is there already, after a lost answer, is not sent again
    const before = await this.issues.whole(key, signal);
    const missing = files.filter((file) => !holds(before, file));
    for (const { name, bytes } of missing) {
      const body = new FormData();
      body.append('file', new Blob([new Uint8Array(bytes)]), name);
      const call: Call = { method: 'POST', path: `${pathOf(key)}/attachments`, body, signal };
      await this.site.call({ ...call, headers: { 'X-Atlassian-Token': 'no-check' } });
    }
    const after = missing.length === 0 ? before : await this.issues.written(key, signal);
    if (!files.every((file) => holds(after, file))) throw notApplied(after);
    return this.told(after, kind);
  }

  async assign(
    key: string,
    kind: CaseKind,
    person: string,
    comment: string,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    const flavour = await this.site.flavour(signal);
    await this.site.call({ method: 'PUT', path: `${pathOf(key)}/assignee`, body: flavour.person(person), signal });
    const after = await this.issues.written(key, signal);
    const { assignee } = after.issue.fields;
    if (!assignee || personOf(assignee).id !== person) throw notApplied(after);
    return comment === '' ? this.told(after, kind) : this.comment(key, kind, comment, signal);
  }

  async resolutions(key: string, _kind: CaseKind, signal?: AbortSignal): Promise<readonly TicketChoice[]> {
    const { issue } = await this.issues.whole(key, signal);
    const names = resolutionsOf(await this.transitions(key, signal), issue.fields.status);
    return names.map((name) => ({ value: name, label: name }));
  }

  private async transitions(key: string, signal?: AbortSignal): Promise<readonly Transition[]> {
    const path = `${pathOf(key)}/transitions?expand=transitions.fields`;
    return read(transitionsSchema, await this.site.call({ method: 'GET', path, signal })).transitions;
  }

  async close(
    key: string,
    kind: CaseKind,
    { comment, resolution }: Closing,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    const choose = (transitions: readonly Transition[], { issue }: Whole) => {
      const { status } = issue.fields;
      if (progressOf(status) === 'done') return undefined;
      try {
        return closingMove(transitions, status, resolution);
      } catch (error) {
        // "Resolved" is where some workflows end
        if (error instanceof TrackerError && error.reason === 'unsupported' && isDone(status)) return undefined;
        throw error;
      }
    };
    return this.move(key, kind, comment, choose, signal);
  }

  async reactivate(key: string, kind: CaseKind, comment: string, signal?: AbortSignal): Promise<TicketSnapshot> {
    const choose = (transitions: readonly Transition[], { issue }: Whole) => {
      const { status } = issue.fields;
      const isActive = !isDone(status) && progressOf(status) !== 'toVerify';
      return isActive ? undefined : reactivatingMove(transitions);
    };
    return this.move(key, kind, comment, choose, signal);
  }

  /** @param choose undefined where it is there already */
  private async move(
    key: string,
    kind: CaseKind,
    comment: string,
    choose: (transitions: readonly Transition[], before: Whole) => Move | undefined,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    const flavour = await this.site.flavour(signal);
    const path = `${pathOf(key)}/transitions`;
    const before = await this.issues.whole(key, signal);
    const transitions = await this.transitions(key, signal);
    const filled = await this.issues.filled(key, wantedFields(transitions), signal);
    const move = choose(withoutFilled(transitions, filled), before);
    const body = flavour.toBody(storable(comment).text);
    const isSaid = (comments: Whole['comments']) =>
      comment === '' || comments.some((each) => says(each.body, body, flavour));
    if (!move) {
      // a second try of what was done in part: its comment is the newest, or was not made
      return isSaid(before.comments.slice(-1)) ? this.told(before, kind) : this.comment(key, kind, comment, signal);
    }
    const said = comment === '' || !move.takesComment ? {} : { update: { comment: [{ add: { body } }] } };
    const sent = { transition: { id: move.id }, fields: move.fields, ...said };
    await this.site.call({ method: 'POST', path, body: sent, signal });
    const after = await this.issues.written(key, signal);
    const { status } = after.issue.fields;
    // a workflow may lead on by itself, but neither stay nor turn back
    const isMoved = status.name !== before.issue.fields.status.name && isDone(status) === isDone(move.to);
    if (!isMoved) throw notApplied(after);
    // a screen may have taken the comment and lost it
    const known = new Set(before.comments.map(({ id }) => id));
    const isNew = ({ id }: { readonly id: string }) => !known.has(id);
    return isSaid(after.comments.filter(isNew)) ? this.told(after, kind) : this.comment(key, kind, comment, signal);
  }
}

const pathOf = (key: string) => `/issue/${encodeURIComponent(key)}`;

const says = (kept: unknown, sent: unknown, flavour: Flavour) => contains(flavour.toText(kept), flavour.toText(sent));

const holds = ({ issue }: Whole, { name, bytes }: TicketFile) =>
  issue.fields.attachment.some(({ filename, size }) => filename === name && size === bytes.length);

const notApplied = ({ issue }: Whole) => new TrackerError('not-applied', issue.fields.status.name);
