/** Reading: lists page by page, one bug or story, and the names of builds and plans. */
import * as v from 'valibot';
import { TrackerError } from '../../../domain/tickets/tracker';
import { read } from '../http';
import { pagePath } from './classic';
import { type Dialect, dialects, type Listed, type ObjectType, PAGE, understood } from './dialects';
import type { Session } from './session';
import { idOf, isRaw, type Item, itemOf, listOf, type Raw, textOf } from './values';

const DAY = 24 * 60 * 60 * 1_000;

export class Pages {
  constructor(
    private readonly session: Session,
    private readonly utcOffset: number,
  ) {}

  async dialect(signal?: AbortSignal): Promise<Dialect> {
    return dialects[(await this.session.signed(signal)).generation];
  }

  async all(what: Listed, owner: string, signal?: AbortSignal): Promise<readonly Raw[]> {
    const found: Raw[] = [];
    for await (const page of this.each(what, owner, signal)) found.push(...page);
    return found;
  }

  /** A page that is asked for beyond the last is the last one again: they are counted. */
  private async *each(what: Listed, owner: string, signal?: AbortSignal): AsyncGenerator<readonly Raw[]> {
    const dialect = await this.dialect(signal);
    const seen = new Set<string>();
    for (let page = 1; ; page += 1) {
      const { path, key } = dialect.list(what, owner, page);
      const reply = await this.session.send({ method: 'GET', path, signal });
      const answer = read(v.record(v.string(), v.unknown()), reply);
      if (!(key in answer)) throw new TrackerError('not-understood', key, { status: reply.status });
      const told = listOf(answer[key]).filter(isRaw);
      const fresh = told.filter((raw) => !seen.has(idOf(raw)));
      for (const raw of fresh) seen.add(idOf(raw));
      yield fresh;
      const total = dialect.total(answer);
      if (fresh.length === 0 || (total > 0 ? seen.size >= total : told.length < PAGE)) return;
    }
  }

  /** @throws TrackerError 'not-found' also for what is in the bin: it can still be read */
  async item(type: ObjectType, id: string, signal?: AbortSignal): Promise<Item> {
    const dialect = await this.dialect(signal);
    const reply = await this.session.send({ method: 'GET', path: dialect.item(type, id), signal });
    const item = itemOf(dialect.itemIn(read(v.unknown(), reply), type), this.utcOffset);
    if (understood(item, type).isDeleted) throw new TrackerError('not-found', '', { status: reply.status });
    return understood(item, type);
  }

  /** The newest with the case's mark. None is older than its case, so that it ends there. */
  async find(type: ObjectType, product: string, caseId: string, signal?: AbortSignal): Promise<Item | undefined> {
    const [, year, month, day] = /^\w+-(\d{4})(\d{2})(\d{2})-/.exec(caseId) ?? [];
    // two days for zones and clocks
    const since = year === undefined ? -Infinity : Date.UTC(Number(year), Number(month) - 1, Number(day)) - 2 * DAY;
    for await (const page of this.each(type === 'bug' ? 'bugs' : 'stories', product, signal)) {
      const items = page.flatMap((raw) => itemOf(raw, this.utcOffset) ?? []);
      const found = items.find(
        ({ title, keywords, isDeleted }) => !isDeleted && `${title}\n${keywords}`.includes(caseId),
      );
      if (found) return found;
      const times = items.map(({ openedAt }) => Date.parse(openedAt)).filter((time) => !Number.isNaN(time));
      if (times.length > 0 && Math.max(...times) < since) return undefined;
    }
    return undefined;
  }

  /** Where a person looks at it. */
  page(type: ObjectType, id: string): string {
    const site = this.session.known?.site ?? { requestType: 'GET', requestFix: '-' };
    return pagePath(site, type, 'view', { [`${type}ID`]: id }).replace(/&t=json$|\.json$/, (style) =>
      style === '.json' ? '.html' : '',
    );
  }

  /** The build that solves it; else the plan that it is on. */
  async fixVersion(item: Item, signal?: AbortSignal): Promise<string> {
    const { resolvedBuild, planName, plans } = item;
    if (resolvedBuild) {
      if (resolvedBuild.title !== '' || !/^\d+$/.test(resolvedBuild.id)) return resolvedBuild.title || resolvedBuild.id;
      const name = await this.nameOf('builds', item.project, resolvedBuild.id, 'name', signal);
      return name || resolvedBuild.id;
    }
    if (planName !== '' || plans.length === 0) return planName;
    const names = await Promise.all(plans.map((id) => this.nameOf('plans', item.product, id, 'title', signal)));
    return names.filter((name) => name !== '').join(', ');
  }

  /** Empty for what this account may not look up. */
  private async nameOf(what: Listed, owner: string, id: string, key: string, signal?: AbortSignal): Promise<string> {
    if (owner === '') return '';
    const entries = (await unlessUnknown(this.all(what, owner, signal))) ?? [];
    return textOf(entries.find((raw) => idOf(raw) === id)?.[key]);
  }
}

/** Undefined where there is no such thing, or not for this account. */
export async function unlessUnknown<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const reasons = ['sign-in', 'forbidden', 'not-found', 'refused', 'not-understood', 'broken', 'unsupported'];
    if (error instanceof TrackerError && reasons.includes(error.reason)) return undefined;
    throw error;
  }
}
