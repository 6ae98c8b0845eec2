/** One Jira, of the cloud or of a data center: which it is, how to sign in there, and what its refusals mean. */
import * as v from 'valibot';
import { toAdf, toWiki } from '../../../domain/tickets/formats';
import { adfText, wikiText } from '../../../domain/tickets/plainText';
import { type TrackerConnection, TrackerError } from '../../../domain/tickets/tracker';
import { type Call, failureOf, Http, jsonOf, read, type Reply, retryAfter } from '../http';

/** What differs between the two. */
export interface Flavour {
  readonly isCloud: boolean;
  /** "/rest/api/3" */
  readonly root: string;
  readonly authorization: string;
  /** "Cloud", "Data Center 9.12.4" */
  readonly version: string;
  /** Of the pages that people open. */
  readonly pages: string;
  /** Of texts. */
  readonly format: 'ADF' | 'wiki';
  /** Plain text, as Jira wants to be told. */
  toBody(text: string): string | object;
  /** What Jira holds, as plain text. */
  toText(body: unknown): string;
  /** A person in a field. */
  person(id: string): object;
}

const serverSchema = v.object({
  deploymentType: v.optional(v.string(), 'Server'),
  version: v.optional(v.string(), ''),
  baseUrl: v.optional(v.string(), ''),
});

export class Site {
  private readonly http: Http;
  private known: Flavour | undefined;

  /** @param secret the API token of a person of the cloud, or a personal access token of a data center */
  constructor(
    private readonly connection: TrackerConnection,
    private readonly secret: string,
    private readonly now: () => number,
    timeout?: number,
  ) {
    const secrets = [secret, this.basic()];
    this.http = new Http({ url: connection.url, secrets, ...(timeout === undefined ? {} : { timeout }) });
  }

  /** Asked until it was answered. */
  async flavour(signal?: AbortSignal): Promise<Flavour> {
    this.known ??= await this.ask(signal);
    return this.known;
  }

  /** @param call its path is below the version of the interface: "/issue" */
  async call(call: Call): Promise<Reply> {
    const { root, authorization } = await this.flavour(call.signal);
    return this.send({
      ...call,
      path: `${root}${call.path}`,
      headers: { Authorization: authorization, ...call.headers },
    });
  }

  private basic(): string {
    return Buffer.from(`${this.connection.account}:${this.secret}`, 'utf8').toString('base64');
  }

  private async ask(signal?: AbortSignal): Promise<Flavour> {
    const call: Call = { method: 'GET', path: '/rest/api/2/serverInfo', signal };
    const bearer = `Bearer ${this.secret}`;
    // open to everybody on most sites; a wrong way to sign in would count as a failed login
    const reply = await this.send(call).catch((error: unknown) => {
      const isClosed = error instanceof TrackerError && (error.reason === 'sign-in' || error.reason === 'forbidden');
      if (!isClosed) throw error;
      return this.send({ ...call, headers: { Authorization: bearer } });
    });
    const { deploymentType, version, baseUrl } = read(serverSchema, reply);
    return deploymentType === 'Cloud'
      ? {
          isCloud: true,
          root: '/rest/api/3',
          authorization: `Basic ${this.basic()}`,
          version: 'Cloud',
          // behind the gateway for scoped tokens the pages are elsewhere
          pages: /^https?:/.test(baseUrl) ? baseUrl : this.http.address(''),
          format: 'ADF',
          toBody: toAdf,
          toText: adfText,
          person: (accountId) => ({ accountId }),
        }
      : {
          isCloud: false,
          root: '/rest/api/2',
          authorization: bearer,
          version: `Data Center ${version}`.trim(),
          pages: this.http.address(''),
          format: 'wiki',
          toBody: toWiki,
          toText: (body) => (typeof body === 'string' ? wikiText(body) : ''),
          person: (name) => ({ name }),
        };
  }

  private async send(call: Call): Promise<Reply> {
    const reply = await this.http.send(call);
    const refused = this.refusedSignIn(reply);
    if (refused) throw refused;
    const reason = failureOf(reply.status);
    if (reason === undefined) return reply;
    const { said, fields } = this.complaint(reply);
    const wait = retryAfter(reply.headers, this.now()) ?? (reason === 'too-many' ? this.resetAfter(reply) : undefined);
    throw new TrackerError(reason, said, {
      status: reply.status,
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
      ...(wait === undefined ? {} : { retryAfter: wait }),
    });
  }

  /** A refused token counts as nobody where everybody may look, with 200 or 404; only a header tells. */
  private refusedSignIn({ headers, status }: Reply): TrackerError | undefined {
    const login = headers.get('x-seraph-loginreason') ?? '';
    const denied = headers.get('x-authentication-denied-reason') ?? '';
    if (denied === '' && !/AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/.test(login)) return undefined;
    const signInAt = /login-url=(https?:\/\/[^\s;]+)/.exec(denied)?.[1];
    return new TrackerError('sign-in', this.http.clean(denied || login), {
      status,
      ...(signInAt === undefined ? {} : { signInAt }),
    });
  }

  /** Until a window of calls begins anew, as Jira Cloud says it. */
  private resetAfter({ headers }: Reply): number | undefined {
    const at = Date.parse(headers.get('x-ratelimit-reset') ?? '');
    return Number.isNaN(at) ? undefined : Math.max(0, at - this.now());
  }

  private complaint(reply: Reply): { said: string; fields: Readonly<Record<string, string>> } {
    const parsed = v.safeParse(errorSchema, jsonOf(reply));
    if (!parsed.success) return { said: '', fields: {} };
    const { errorMessages, errors, message } = parsed.output;
    const fields = Object.fromEntries(
      Object.entries(errors).map(([key, text]) => [OUR_NAMES[key] ?? key, this.http.clean(text)]),
    );
    return {
      said: this.http.clean([...errorMessages, message, ...Object.values(errors)].filter(Boolean).join(' ')),
      fields,
    };
  }
}

const errorSchema = v.object({
  errorMessages: v.optional(v.array(v.string()), []),
  errors: v.optional(v.record(v.string(), v.string()), {}),
  message: v.optional(v.string(), ''),
});

const OUR_NAMES: Readonly<Record<string, string>> = { summary: 'title', description: 'text' };

/** Every entry of a list that comes in pages, whatever its envelope. */
export async function allPages<Item>(
  page: (startAt: number) => Promise<{ readonly items: readonly Item[]; readonly isLast: boolean }>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const { items, isLast } = await page(all.length);
    all.push(...items);
    if (isLast) break;
  }
  return all;
}

/** A server that never says "last" is not believed for ever. */
const MOST_PAGES = 40;
