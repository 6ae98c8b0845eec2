/**
 * ZenTao (禅道): bugs for issues and stories for requests, over v1 (to 21) or v2 (from 22). It answers "200" for what it
 * did not do and empties what it was not told again, so that all is read again and compared.
 */
import * as v from 'valibot';
import type { CaseKind } from '../../../domain/case/state';
import { toHtml } from '../../../domain/tickets/formats';
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
} from '../../../domain/tickets/tracker';
import { read } from '../http';
import { changedBy } from './classic';
import { dialects, typeOf } from './dialects';
import { bugFields, DELIVERED, type Options, optionsOf, requiredOf, storyFields, textKeyOf, valuesOf } from './fields';
import { plainText, replacedIn, storable } from './html';
import { Pages, unlessUnknown } from './pages';
import { Session } from './session';
import { snapshotOf } from './snapshot';
import { idOf, type Item, personOf, textOf } from './values';
import { Writer } from './writer';

/** Those that a person closes a story for; the others are what ZenTao itself does with it. */
const STORY_REASONS: readonly TicketChoice[] = [
  { value: 'done', label: 'Done' },
  { value: 'willnotdo', label: "Won't do" },
  { value: 'duplicate', label: 'Duplicate' },
  { value: 'postponed', label: 'Postponed' },
  { value: 'bydesign', label: 'As designed' },
];

export class ZenTaoTracker implements Tracker {
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
  readonly system = 'zentao';
  readonly capabilities = ZenTaoTracker.capabilities;
  private readonly session: Session;
  private readonly pages: Pages;
  private readonly writer: Writer;

  /**
   * One for a connection, kept as long as its secret: it remembers that a login was refused.
   * @param secret the account's password
   */
  constructor(connection: TrackerConnection, secret: string, now: () => number) {
    this.session = new Session(connection, secret, now);
    this.pages = new Pages(this.session, connection.utcOffset);
    this.writer = new Writer(this.session, this.pages);
  }

  async test(signal?: AbortSignal): Promise<TrackerIdentity> {
    const { site, generation, account } = await this.session.renew(signal);
    // the token of v2 is the proof; it does not say whose
    if (generation === 'v2') return { account, displayName: account, version: site.version };
    const reply = await this.session.send({ method: 'GET', path: '/api.php/v1/user', signal });
    const profile = v.object({ account: v.string(), realname: v.optional(v.string(), '') });
    const own = read(v.object({ profile }), reply).profile;
    return { account: own.account, displayName: own.realname || own.account, version: site.version };
  }

  async places(signal?: AbortSignal): Promise<readonly TrackerPlace[]> {
    const products = await this.pages.all('products', '', signal);
    return products.map((raw) => ({ id: idOf(raw), name: textOf(raw['name']) }));
  }

  /** Everybody: accounts are the site's. */
  async people(_place: string, signal?: AbortSignal): Promise<readonly TrackerPerson[]> {
    const users = await this.pages.all('users', '', signal);
    return users.flatMap((raw) => (textOf(raw['deleted']) === '1' ? [] : (personOf(raw) ?? [])));
  }

  async fields(place: string, kind: CaseKind, signal?: AbortSignal): Promise<readonly TicketField[]> {
    const { site, generation } = await this.session.signed(signal);
    const required = generation === 'v2' ? await this.required(kind, signal) : [];
    if (kind === 'request') {
      return storyFields(await this.people(place, signal), await this.openPlans(place, signal), required);
    }
    const [, major, minor] = /^(\d+)\.(\d+)/.exec(site.version) ?? [];
    const isOld = Number(major) < 18 || (Number(major) === 18 && Number(minor) < 10);
    return bugFields({ options: await this.options(place, signal), keepsDeadline: !isOld, required });
  }

  /** v2 has no way to ask; where v1 is still there beside it, that one is asked. */
  private async options(place: string, signal?: AbortSignal): Promise<Options> {
    const path = `/api.php/v1/options/bug?product=${encodeURIComponent(place)}`;
    const { generation } = await this.session.signed(signal);
    const asked = this.session.send({ method: 'GET', path, signal }).then((reply) => {
      const { options } = read(v.object({ options: v.record(v.string(), v.unknown()) }), reply);
      return optionsOf(options);
    });
    return generation === 'v1' ? asked : ((await unlessUnknown(asked)) ?? DELIVERED);
  }

  private async required(kind: CaseKind, signal?: AbortSignal): Promise<readonly string[]> {
    const path = '/api.php/v1/requiredFields';
    const reply = await unlessUnknown(this.session.send({ method: 'GET', path, signal }));
    return reply === undefined ? [] : requiredOf(read(v.unknown(), reply), typeOf(kind));
  }

  private async openPlans(place: string, signal?: AbortSignal): Promise<readonly TicketChoice[]> {
    const plans = await this.pages.all('plans', place, signal);
    const open = plans.filter((raw) => ['wait', 'doing', ''].includes(textOf(raw['status'])));
    return open.map((raw) => ({ value: idOf(raw), label: textOf(raw['title']) }));
  }

  /** Before the server was first asked, as v1 takes it. */
  preview(ticket: NewTicket): TicketPreview {
    const generation = this.session.known?.generation ?? 'v1';
    const values = valuesOf(ticket, generation);
    const { method, path, body } = dialects[generation].create(typeOf(ticket.kind), ticket.place, values);
    const key = textKeyOf(ticket.kind);
    const shown = Object.entries(body).filter(([name]) => name !== key);
    return {
      request: `${method} ${path}`,
      format: 'HTML',
      text: String(body[key]),
      values: shown.map(([name, value]) => [name, typeof value === 'object' ? value.join(', ') : String(value)]),
      replaced: replacedIn([ticket.title, ticket.text, ...Object.values(ticket.fields).flat()].join('\n')),
    };
  }

  async find(
    { caseId, kind, place }: Pick<NewTicket, 'caseId' | 'kind' | 'place' | 'title'>,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot | undefined> {
    const found = await this.pages.find(typeOf(kind), place, caseId, signal);
    return found && this.read(found.id, kind, signal);
  }

  async create(ticket: NewTicket, signal?: AbortSignal): Promise<TicketSnapshot> {
    const { item, failure } = await this.writer.create(ticket, signal);
    const made = await this.told(item, ticket.kind, signal);
    if (failure) throw new TrackerError(failure.reason, failure.said, { ...failure.details, made, cause: failure });
    return made;
  }

  async read(key: string, kind: CaseKind, signal?: AbortSignal): Promise<TicketSnapshot> {
    return this.told(await this.pages.item(typeOf(kind), key, signal), kind, signal);
  }

  async comment(key: string, kind: CaseKind, text: string, signal?: AbortSignal): Promise<TicketSnapshot> {
    return this.told(await this.writer.comment(typeOf(kind), key, htmlOf(text), signal), kind, signal);
  }

  async attach(
    key: string,
    kind: CaseKind,
    files: readonly TicketFile[],
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    return this.told(await this.writer.attach(typeOf(kind), key, files, signal), kind, signal);
  }

  async assign(
    key: string,
    kind: CaseKind,
    person: string,
    comment: string,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    const type = typeOf(kind);
    const html = htmlOf(comment);
    const { item } = await this.writer.change(
      type,
      key,
      (dialect, before) => dialect.assign(type, before, person, html),
      (after) => after.assignee?.id === person,
      signal,
      (before, after) => changedBy(before, after, ['assignedTo']),
    );
    return this.told(await this.writer.withComment(type, item, html, signal), kind, signal);
  }

  /** A bug's resolution is R&D's; the reasons of a story are the same everywhere. */
  async resolutions(_key: string, kind: CaseKind): Promise<readonly TicketChoice[]> {
    return kind === 'issue' ? [] : STORY_REASONS;
  }

  async close(
    key: string,
    kind: CaseKind,
    { comment, resolution }: Closing,
    signal?: AbortSignal,
  ): Promise<TicketSnapshot> {
    const type = typeOf(kind);
    const html = htmlOf(comment);
    const reason = resolution === '' ? 'done' : resolution;
    const { item } = await this.writer.change(
      type,
      key,
      (dialect, before) =>
        // again it would only be written down again
        before.status === 'closed' ? undefined : dialect.close(type, before.id, { comment: html, reason }),
      (after) => after.status === 'closed' && (type === 'bug' || after.closedReason === reason),
      signal,
    );
    return this.told(await this.writer.withComment(type, item, html, signal), kind, signal);
  }

  async reactivate(key: string, kind: CaseKind, comment: string, signal?: AbortSignal): Promise<TicketSnapshot> {
    const type = typeOf(kind);
    const html = htmlOf(comment);
    const isOpen = ({ status }: Item) => (type === 'bug' ? status === 'active' : status !== '' && status !== 'closed');
    const { item } = await this.writer.change(
      type,
      key,
      (dialect, before) =>
        isOpen(before)
          ? undefined
          : dialect.reopen(type, before.id, {
              comment: html,
              assignedTo: (before.resolvedBy ?? before.assignee)?.id ?? '',
              openedBuild: affectedBy(before),
            }),
      isOpen,
      signal,
    );
    return this.told(await this.writer.withComment(type, item, html, signal), kind, signal);
  }

  private async told(item: Item, kind: CaseKind, signal?: AbortSignal): Promise<TicketSnapshot> {
    const type = typeOf(kind);
    const url = this.session.address(this.pages.page(type, item.id));
    return snapshotOf(item, kind, url, await this.pages.fixVersion(item, signal));
  }
}

const htmlOf = (text: string) => (plainText(toHtml(text)) === '' ? '' : toHtml(storable(text)));

/** The builds it was seen in, and the one that was to solve it. */
function affectedBy({ openedBuild, resolvedBuild }: Item): readonly string[] {
  const ids = new Set([...openedBuild, ...(resolvedBuild ? [resolvedBuild] : [])].map(({ id }) => id));
  return ids.size === 0 ? ['trunk'] : [...ids];
}
