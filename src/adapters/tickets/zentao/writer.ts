/** Writing: each write is read again and compared, and one whose answer was lost is looked for. */
import { type NewTicket, type TicketFile, TrackerError, type TrackerFailure } from '../../../domain/tickets/tracker';
import { type Call, jsonOf } from '../http';
import { contains } from '../marks';
import { changedBy, postComment, postFiles } from './classic';
import { type Dialect, formOf, type ObjectType, typeOf, type Values } from './dialects';
import { missingIn, textKeyOf, valuesOf } from './fields';
import { holds, storable } from './html';
import type { Pages } from './pages';
import type { Session } from './session';
import { type Action, idOf, isRaw, type Item } from './values';

/** After these it may have been done all the same. */
const UNSURE: readonly TrackerFailure[] = ['no-answer', 'broken', 'not-understood'];

const isUnsure = (error: unknown): error is TrackerError =>
  error instanceof TrackerError && UNSURE.includes(error.reason);

type Request = Pick<Call, 'method' | 'path' | 'body'>;

export class Writer {
  /** One write at a time, so that two clicks make one ticket. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly session: Session,
    private readonly pages: Pages,
  ) {}

  private inTurn<T>(write: () => Promise<T>): Promise<T> {
    const turn = this.last.then(write, write);
    this.last = turn;
    return turn;
  }

  /** @returns `failure`: why files are missing of a ticket that is there */
  create(ticket: NewTicket, signal?: AbortSignal): Promise<{ readonly item: Item; readonly failure?: TrackerError }> {
    return this.inTurn(async () => {
      const type = typeOf(ticket.kind);
      const files = ticket.files.map(({ name, bytes }) => ({ name: storable(name), bytes }));
      const known = await this.pages.find(type, ticket.place, ticket.caseId, signal);
      const { generation } = await this.session.signed(signal);
      const canAttach = generation === 'v2' || type === 'bug';
      const completed = async (item: Item) => {
        try {
          return { item: canAttach ? await this.completed(type, item, files, signal) : item };
        } catch (error) {
          if (error instanceof TrackerError) return { item, failure: error };
          throw error;
        }
      };
      if (known) return completed(await this.pages.item(type, known.id, signal));
      await this.check(ticket.place, files, signal);
      const values = valuesOf(ticket, generation);
      const id = await this.made(ticket, values, generation === 'v1' ? files : [], signal);
      const made = await this.pages.item(type, id, signal);
      // within thirty seconds it answers with another one that has this title
      if (!contains(made.title, ticket.caseId)) throw new TrackerError('not-applied', made.title);
      const whole = await completed(made);
      unchanged([
        ...missingIn(made, values),
        ...(holds(made.text, String(values[textKeyOf(ticket.kind)])) ? [] : ['text']),
        ...(whole.failure ? [] : lackingIn(whole.item, files).map(({ name }) => name)),
      ]);
      return whole;
    });
  }

  /** A bug for a product that is not there would be made all the same, where nobody sees it. */
  private async check(place: string, files: readonly TicketFile[], signal?: AbortSignal): Promise<void> {
    await this.checkSizes(files, signal);
    const products = await this.pages.all('products', '', signal);
    if (!products.some((raw) => idOf(raw) === place)) throw new TrackerError('not-found', place);
  }

  private async checkSizes(files: readonly TicketFile[], signal?: AbortSignal): Promise<void> {
    const { site } = await this.session.signed(signal);
    // what is above is dropped in silence, and the form with it
    const large = files.filter(({ bytes }) => bytes.length > site.largest).map(({ name }) => name);
    if (large.length > 0) throw new TrackerError('too-large', large.join(', '));
  }

  /** @returns the id, also when the answer was lost and it is there */
  private async made(
    ticket: NewTicket,
    values: Values,
    files: readonly TicketFile[],
    signal?: AbortSignal,
  ): Promise<string> {
    const type = typeOf(ticket.kind);
    const dialect = await this.pages.dialect(signal);
    const call = dialect.create(type, ticket.place, values);
    const body = files.length === 0 ? call.body : formOf(call.body, files);
    let lost = new TrackerError('not-understood', 'id');
    try {
      const answer = jsonOf(await this.session.send({ ...call, body, signal }));
      const id = isRaw(answer) ? idOf(answer['id']) : '';
      if (id !== '') return id;
    } catch (error) {
      if (!isUnsure(error)) throw error;
      lost = error;
    }
    const found = await this.pages.find(type, ticket.place, ticket.caseId, signal).catch(() => undefined);
    if (!found) throw lost;
    return found.id;
  }

  /** With those of the files that it lacks. */
  private async completed(
    type: ObjectType,
    item: Item,
    files: readonly TicketFile[],
    signal?: AbortSignal,
  ): Promise<Item> {
    const lacking = lackingIn(item, files);
    return lacking.length === 0 ? item : this.attached(type, item, lacking, signal);
  }

  attach(type: ObjectType, id: string, files: readonly TicketFile[], signal?: AbortSignal): Promise<Item> {
    const named = files.map(({ name, bytes }) => ({ name: storable(name), bytes }));
    return this.inTurn(async () => this.attached(type, await this.pages.item(type, id, signal), named, signal));
  }

  private async attached(
    type: ObjectType,
    before: Item,
    files: readonly TicketFile[],
    signal?: AbortSignal,
  ): Promise<Item> {
    await this.checkSizes(files, signal);
    const { generation } = await this.session.signed(signal);
    // how a story's form wants to be sent again was never seen
    if (generation === 'v1' && type === 'story') throw new TrackerError('unsupported', '');
    const count = ({ files: names }: Item, name: string) => names.filter((each) => each === name).length;
    const after = await this.settled(
      () =>
        generation === 'v1'
          ? postFiles(this.session, before.id, files, signal)
          : this.upload(type, before.id, files, signal),
      () => this.pages.item(type, before.id, signal),
      (item) => files.every(({ name }) => count(item, name) > count(before, name)),
    );
    unchanged(changedBy(before, after));
    return after;
  }

  private async upload(type: ObjectType, id: string, files: readonly TicketFile[], signal?: AbortSignal) {
    for (const { name, bytes } of files) {
      const body = new FormData();
      body.append('objectType', type);
      body.append('objectID', id);
      body.append('file', new Blob([new Uint8Array(bytes)]), name);
      await this.session.send({ method: 'POST', path: '/api.php/v2/files', body, signal });
    }
  }

  /** @param request undefined where it is so already */
  change(
    type: ObjectType,
    id: string,
    request: (dialect: Dialect, before: Item) => Request | undefined,
    isDone: (after: Item) => boolean,
    signal?: AbortSignal,
    lost: (before: Item, after: Item) => readonly string[] = () => [],
  ): Promise<{ readonly item: Item }> {
    return this.inTurn(async () => {
      const before = await this.pages.item(type, id, signal);
      const call = request(await this.pages.dialect(signal), before);
      if (!call) return { item: before };
      const read = () => this.pages.item(type, id, signal);
      const item = await this.settled(() => this.session.send({ ...call, signal }), read, isDone);
      unchanged(lost(before, item));
      return { item };
    });
  }

  comment(type: ObjectType, id: string, html: string, signal?: AbortSignal): Promise<Item> {
    return this.inTurn(async () => this.commented(type, await this.pages.item(type, id, signal), html, signal));
  }

  /** Adds it unless it is the last one said, with the change or before an answer was lost. */
  withComment(type: ObjectType, item: Item, html: string, signal?: AbortSignal): Promise<Item> {
    return this.inTurn(() => this.commented(type, item, html, signal));
  }

  private async commented(type: ObjectType, before: Item, html: string, signal?: AbortSignal): Promise<Item> {
    if (html === '') return before;
    const said = saidIn(before).at(-1);
    if (said && holds(said.comment, html)) return before;
    const known = new Set(saidIn(before).map(({ id }) => id));
    const isThere = (item: Item) => saidIn(item).some(({ id, comment }) => !known.has(id) && holds(comment, html));
    const read = () => this.pages.item(type, before.id, signal);
    try {
      return await this.settled(() => postComment(this.session, type, before.id, html, signal), read, isThere);
    } catch (error) {
      const { generation } = await this.session.signed(signal);
      const person = before.assignee?.id;
      const isOver = !(error instanceof TrackerError) || error.reason !== 'not-applied';
      if (isOver || generation !== 'v1' || person === undefined || before.status === 'closed') throw error;
      // by assigning it to whom it is assigned to
      const call = (await this.pages.dialect(signal)).assign(type, before, person, html);
      const after = await this.settled(() => this.session.send({ ...call, signal }), read, isThere);
      unchanged(changedBy(before, after));
      return after;
    }
  }

  /** Writes, reads again, compares. What the answer leaves open, the reading decides. */
  private async settled(
    write: () => Promise<unknown>,
    read: () => Promise<Item>,
    isDone: (after: Item) => boolean,
  ): Promise<Item> {
    let lost: TrackerError | undefined;
    try {
      await write();
    } catch (error) {
      if (!isUnsure(error)) throw error;
      lost = error;
    }
    const after = await read().catch((error: unknown) => {
      throw lost ?? error;
    });
    if (isDone(after)) return after;
    throw lost ?? new TrackerError('not-applied', after.status);
  }
}

const lackingIn = (item: Item, files: readonly TicketFile[]) => files.filter(({ name }) => !item.files.includes(name));

/** @throws TrackerError 'not-understood' where the server does not tell the history */
function saidIn({ actions }: Item): readonly Action[] {
  if (actions === undefined) throw new TrackerError('not-understood', 'actions');
  return actions.filter(({ comment }) => comment !== '');
}

/** @throws TrackerError 'not-applied' that names what is not as it should be */
function unchanged(lost: readonly string[]): void {
  if (lost.length > 0) throw new TrackerError('not-applied', lost.join(', '));
}
