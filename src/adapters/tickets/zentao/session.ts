/** Signed in to one ZenTao: which interface it has, one token in memory, one login for each that has run out. */
import * as v from 'valibot';
import { type TrackerConnection, TrackerError } from '../../../domain/tickets/tracker';
import { type Call, Http, jsonOf, read, type Reply } from '../http';
import { failureIn, isSignedOut } from './failures';
import { isRaw, textOf } from './values';

export type Generation = 'v1' | 'v2';

/** What a ZenTao says of itself to anybody. */
export interface Site {
  readonly version: string;
  /** Undefined for an edition whose numbers don't tell: it is found out by asking. */
  readonly generation: Generation | undefined;
  readonly requestType: string;
  readonly requestFix: string;
  /** Bytes of a file at most; Infinity where it does not say. */
  readonly largest: number;
}

export interface Signed {
  readonly site: Site;
  readonly generation: Generation;
  readonly account: string;
  readonly token: string;
}

const configSchema = v.object({
  version: v.string(),
  requestType: v.optional(v.string(), 'GET'),
  requestFix: v.optional(v.string(), '-'),
  maxUploadSize: v.optional(v.union([v.string(), v.number()]), ''),
});

export class Session {
  private readonly http: Http;
  /** The secret, and after it the token of the moment: neither may be seen. */
  private readonly secrets: string[];
  private signing: Promise<Signed> | undefined;
  private current: Signed | undefined;
  /** A login that was refused is not tried again by itself: after six of them the account is locked. */
  private refusal: TrackerError | undefined;

  constructor(
    private readonly connection: TrackerConnection,
    private readonly secret: string,
    private readonly now: () => number,
  ) {
    this.secrets = [secret];
    this.http = new Http({ url: connection.url, secrets: this.secrets });
  }

  address(path: string): string {
    return this.http.address(path);
  }

  /** What it was found to be; undefined before it was asked. */
  get known(): Signed | undefined {
    return this.current;
  }

  /** A person wants to know whether it works: also after a refusal. */
  async renew(signal?: AbortSignal): Promise<Signed> {
    this.refusal = undefined;
    this.signing = undefined;
    return this.signed(signal);
  }

  async signed(signal?: AbortSignal): Promise<Signed> {
    if (this.refusal) throw this.refusal;
    this.signing ??= this.signIn().catch((error: unknown) => {
      this.signing = undefined;
      throw error;
    });
    return unlessAborted(this.signing, signal);
  }

  /** With the token; when that has run out, once more with a new one. @throws TrackerError also for what a "200" says */
  async send(call: Call): Promise<Reply> {
    const signed = await this.signed(call.signal);
    let reply = await this.sendAs(signed, call);
    if (isSignedOut(reply, call)) {
      if (this.current === signed) this.signing = undefined;
      reply = await this.sendAs(await this.signed(call.signal), call);
      if (isSignedOut(reply, call)) throw new TrackerError('sign-in', '', { status: reply.status });
    }
    const failure = failureIn(reply, call, this.now(), (text) => this.http.clean(text));
    if (failure) throw failure;
    return reply;
  }

  private sendAs({ token }: Signed, call: Call): Promise<Reply> {
    return this.http.send({ ...call, headers: { ...call.headers, Token: token } });
  }

  private async signIn(): Promise<Signed> {
    const site = await this.look();
    const tried = site.generation === 'v1' ? undefined : await this.logIn('v2', site.generation === undefined);
    const token = tried ?? (await this.logIn('v1', false)) ?? '';
    this.secrets[1] = token;
    this.current = { site, generation: tried === undefined ? 'v1' : 'v2', account: this.connection.account, token };
    return this.current;
  }

  private async look(): Promise<Site> {
    const call = { method: 'GET', path: '/?mode=getconfig' } as const;
    const reply = await this.http.send(call);
    const failure = failureIn(reply, call, this.now(), (text) => this.http.clean(text));
    if (failure) throw failure;
    const { version, requestType, requestFix, maxUploadSize } = read(configSchema, reply);
    const major = /^\d+/.exec(version)?.[0];
    return {
      version,
      generation: major === undefined ? undefined : Number(major) >= 22 ? 'v2' : 'v1',
      requestType,
      requestFix,
      largest: bytesOf(String(maxUploadSize)),
    };
  }

  /** @returns undefined when it is only asked whether there is such an interface, and there is none */
  private async logIn(generation: Generation, isQuestion: boolean): Promise<string | undefined> {
    const call = {
      method: 'POST',
      path: generation === 'v2' ? '/api.php/v2/users/login' : '/api.php/v1/tokens',
      body: { account: this.connection.account, password: this.secret },
    } as const;
    const reply = await this.http.send(call);
    const body = jsonOf(reply);
    if (isQuestion && (!isRaw(body) || reply.status === 404)) return undefined;
    const failure = failureIn(reply, call, this.now(), (text) => this.http.clean(text));
    if (failure && reply.status !== 404 && ['refused', 'sign-in', 'forbidden', 'not-found'].includes(failure.reason)) {
      this.refusal = new TrackerError('sign-in', failure.said, { status: reply.status });
      throw this.refusal;
    }
    if (failure) throw failure;
    const token = isRaw(body) ? textOf(body['token']) : '';
    if (token === '') throw new TrackerError('not-understood', 'token', { status: reply.status });
    return token;
  }
}

/** "50M", "2G", "1024". */
function bytesOf(size: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMG]?)/i.exec(size) ?? [];
  if (number === undefined || Number(number) === 0) return Infinity;
  return Number(number) * 1024 ** ['', 'K', 'M', 'G'].indexOf(unit.toUpperCase());
}

/** One login serves many: who no longer waits does not stop it. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new TrackerError('cancelled', ''));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', stop));
}
