/** The one way to a ticket system over HTTP: every failure has a reason, and no secret gets into a message. */
import * as v from 'valibot';
import { TrackerError, type TrackerFailure } from '../../domain/tickets/tracker';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the site's address, with its query: "/rest/api/3/issue". */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: FormData | URLSearchParams | Uint8Array | string | object;
  readonly signal?: AbortSignal | undefined;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface HttpOptions {
  /** Of the site, also below a path. */
  readonly url: string;
  /** Milliseconds until an answer counts as lost. */
  readonly timeout?: number;
  /** Texts that must never be seen: tokens, passwords. */
  readonly secrets: readonly string[];
}

const TIMEOUT = 30_000;
/** Bytes in a millisecond that a slow line takes at least: 400 kbit/s. */
const SLOWEST = 50;

/** What a server may say at most before it counts as something else: 20 MB. */
const LARGEST = 20 * 1024 * 1024;

const MOST_HOPS = 5;

/** Also where it asks for encryption. */
function isSameSite(from: URL, to: URL): boolean {
  const isUpgrade = from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname;
  return from.origin === to.origin || isUpgrade;
}

export class Http {
  constructor(private readonly options: HttpOptions) {}

  /** @throws TrackerError when there is no answer; whatever its status, an answer is returned */
  async send(call: Call): Promise<Reply> {
    const timeout = AbortSignal.timeout(patienceFor(call.body, this.options.timeout));
    const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout;
    try {
      const response = await this.answer(call, signal);
      return { status: response.status, headers: response.headers, text: await textOf(response) };
    } catch (error) {
      throw error instanceof TrackerError ? error : this.lost(error, call);
    }
  }

  /** A secret goes to its own site only, and a write that is sent on is lost on the way: such answers are none. */
  private async answer(call: Call, signal: AbortSignal): Promise<Response> {
    let address = this.address(call.path);
    for (let hops = 0; ; hops += 1) {
      const response = await fetch(address, {
        method: call.method,
        headers: { Accept: 'application/json', ...typeOf(call.body), ...call.headers },
        redirect: 'manual',
        signal,
        ...(call.body === undefined ? {} : { body: bodyOf(call.body) }),
      });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) return response;
      await response.body?.cancel();
      const next = URL.canParse(location, address) ? new URL(location, address) : undefined;
      if (!next || call.method !== 'GET' || hops === MOST_HOPS || !isSameSite(new URL(address), next)) {
        throw new TrackerError('not-understood', `→ ${next?.origin ?? ''}`, { status: response.status });
      }
      address = next.href;
    }
  }

  /** The address below the site's own path. */
  address(path: string): string {
    return `${this.options.url.replace(/\/+$/, '')}${path}`;
  }

  /** What a server said, short and without secrets. */
  clean(text: string): string {
    let cleaned = text;
    for (const secret of this.options.secrets) if (secret !== '') cleaned = cleaned.replaceAll(secret, '***');
    // cut first, half a secret would not be known as one
    return cleaned.slice(0, 2_000);
  }

  private lost(error: unknown, { signal }: Call): TrackerError {
    if (signal?.aborted) return new TrackerError('cancelled', '', { cause: error });
    const code = codeOf(error);
    return new TrackerError(lossOf(code, error), this.clean(code), { cause: error });
  }
}

/** Milliseconds until an answer counts as lost: a large file is on its way for minutes. */
export function patienceFor(body: Call['body'], least: number = TIMEOUT): number {
  return least + Math.ceil(bytesIn(body) / SLOWEST);
}

function bytesIn(body: Call['body']): number {
  if (body instanceof Uint8Array) return body.byteLength;
  if (!(body instanceof FormData)) return 0;
  return [...body.values()].reduce((sum, each) => sum + (typeof each === 'string' ? each.length : each.size), 0);
}

/** Never reached, so nothing was done there. */
const UNREACHED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
];

function lossOf(code: string, error: unknown): TrackerFailure {
  if (UNREACHED.includes(code)) return 'offline';
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ALTNAME/.test(code)) return 'certificate';
  // an address that is none, a scheme that is not HTTP
  return error instanceof TypeError && code === '' ? 'offline' : 'no-answer';
}

/** The code of what is behind "fetch failed". */
function codeOf(error: unknown): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    if (cause.name === 'TimeoutError') return 'TIMEOUT';
    if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return codeOf(cause.errors[0]);
  }
  return '';
}

function typeOf(body: Call['body']): Record<string, string> {
  const isPlain =
    typeof body === 'object' &&
    !(body instanceof FormData || body instanceof URLSearchParams || body instanceof Uint8Array);
  return isPlain ? { 'Content-Type': 'application/json' } : {};
}

function bodyOf(body: NonNullable<Call['body']>): string | FormData | URLSearchParams | Blob {
  if (typeof body === 'string' || body instanceof FormData || body instanceof URLSearchParams) return body;
  return body instanceof Uint8Array ? new Blob([new Uint8Array(body)]) : JSON.stringify(body);
}

async function textOf(response: Response): Promise<string> {
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length > LARGEST) throw new TrackerError('not-understood', `${length} bytes`, { status: response.status });
  return response.text();
}

/** What is read again after a write: whatever is refused now, something was done. */
export async function readAfterWrite<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof TrackerError && error.isUndone)) throw error;
    throw new TrackerError('no-answer', error.said, { ...error.details, cause: error });
  }
}

/** The answer as JSON of this shape. @throws TrackerError 'not-understood' */
export function read<Schema extends v.GenericSchema>(schema: Schema, reply: Reply): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, jsonOf(reply));
  if (parsed.success) return parsed.output;
  const where = v.getDotPath(parsed.issues[0]) ?? '';
  throw new TrackerError('not-understood', where, { status: reply.status });
}

/** Undefined for what is no JSON. */
export function jsonOf({ text }: Reply): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** When a server that has had enough may be asked again: seconds or a date. Milliseconds; undefined if it does not say. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const said = headers.get('retry-after')?.trim();
  if (said === undefined || said === '') return undefined;
  if (/^\d+$/.test(said)) return Number(said) * 1_000;
  const at = Date.parse(said);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** The reason that a status stands for; undefined where it went well. */
export function failureOf(status: number): TrackerFailure | undefined {
  if (status < 400) return undefined;
  const known: Readonly<Record<number, TrackerFailure>> = {
    400: 'refused',
    401: 'sign-in',
    403: 'forbidden',
    404: 'not-found',
    409: 'conflict',
    410: 'unsupported',
    413: 'too-large',
    422: 'refused',
    429: 'too-many',
  };
  return known[status] ?? (status >= 500 ? 'broken' : 'refused');
}
