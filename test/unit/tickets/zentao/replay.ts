/** One recorded exchange played to the adapter through a real server, and what the adapter asked beside what was asked. */
import { strict as assert } from 'node:assert';
import { ZenTaoTracker } from '../../../../src/adapters/tickets/zentao/tracker';
import type { Recording } from '../recordings';
import { type Answer, type Asked, LocalServer } from './localServer';
import { connection } from './tickets';

export type Body = Readonly<Record<string, unknown>>;

interface Line {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: Answer;
}

export const answerOf = ({ status, body, headers }: Recording['response']): Answer => ({
  status,
  headers: { 'Content-Type': String(headers['content-type'] ?? headers['Content-Type'] ?? 'application/json') },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export const told = (body: unknown): Answer => ({ status: 200, body: JSON.stringify(body) });

export class Replay extends LocalServer {
  /** Taken from the front by the first call that fits; the last that fits a read stays. */
  private readonly lines: Line[] = [];
  /** Calls that there was no answer for. */
  readonly refusedCalls: string[] = [];
  tracker: ZenTaoTracker = new ZenTaoTracker(connection(''), '', () => 0);

  constructor(
    readonly recording: Recording,
    readonly others: ReadonlyMap<string, Recording>,
  ) {
    super();
  }

  other(name: string): Recording {
    return this.others.get(name) ?? assert.fail(`no recording "${name}"`);
  }

  /** Signs in as the recording did. */
  async begin(config: Answer = answerOf(this.other('getconfig').response)): Promise<this> {
    const token = this.recording.request.headers['Token'] ?? '';
    const names = { DUMMY_TOKEN_DEV: 'token-login-dev', DUMMY_TOKEN_SUPPORT: 'token-login-support' };
    const login = this.other(names[token as keyof typeof names] ?? 'token-login-ok');
    this.lines.push({ method: 'GET', path: /^\/\?mode=getconfig$/, answer: config });
    this.lines.push({ method: 'POST', path: /^\/api\.php\/v1\/tokens$/, answer: answerOf(login.response) });
    const { account, password } = login.request.body as { account: string; password: string };
    this.tracker = new ZenTaoTracker({ ...connection(await this.start()), account }, password, () => 0);
    return this;
  }

  on(method: string, path: RegExp, answer: Answer): this {
    this.lines.push({ method, path, answer });
    return this;
  }

  protected async answer({ method, path }: Asked): Promise<Answer> {
    const fits = this.lines.filter((line) => line.method === method && line.path.test(path));
    const [first, second] = fits;
    if (!first) {
      this.refusedCalls.push(`${method} ${path}`);
      return { status: 599 };
    }
    if (second) this.lines.splice(this.lines.indexOf(first), 1);
    return first.answer;
  }

  /** The call that the adapter made as the recorded one: method, path, token, referer, kind and keys of the body. */
  async assertAskedAs({ request }: Recording, extra: readonly string[] = []): Promise<void> {
    const asked = this.asked.find(
      ({ method, path }) => method === request.method && placeOf(path) === placeOf(request.path),
    );
    if (!asked) {
      const made = this.asked.map(({ method, path }) => `${method} ${path}`).join('\n');
      return assert.fail(`${request.method} ${request.path} was not asked, but:\n${made}`);
    }
    const recorded = request.headers['Token'];
    assert.equal(asked.headers['token'], recorded, 'token');
    assert.equal(asked.headers.referer !== undefined, request.headers['Referer'] !== undefined, 'referer');
    const kind = (type: string | undefined) => type?.replace(/;.*$/, '');
    if (request.body === null) return;
    assert.equal(kind(asked.headers['content-type']), kind(request.headers['Content-Type']), 'content type');
    const [keys, own] = [recordedKeys(request.body), await keysOf(asked)];
    assert.deepEqual(
      [...keys].filter((key) => !own.has(key)),
      [],
      'keys that were not sent',
    );
    assert.deepEqual(
      [...own].filter((key) => !keys.has(key) && !extra.includes(key)),
      [],
      'keys that nobody sent before',
    );
  }
}

/** Path and query without the page that is read. */
function placeOf(path: string): string {
  const [route = '', query = ''] = path.split('?');
  const parameters = [...new URLSearchParams(query)].filter(
    ([name]) => !['limit', 'page', 'recPerPage', 'pageID', 'orderBy'].includes(name),
  );
  return `${route}?${parameters
    .map((pair) => pair.join('='))
    .toSorted()
    .join('&')}`;
}

/** Of an object, of "comment=…", or of what is written for a form with files. */
function recordedKeys(body: unknown): Set<string> {
  if (typeof body !== 'string') return new Set(Object.keys(body as Body));
  if (!body.startsWith('multipart/form-data:')) return new Set(new URLSearchParams(body).keys());
  const list = /\((comment,[^)]*)\)/.exec(body)?.[1] ?? body.slice('multipart/form-data:'.length);
  const names = `${list}${body.includes('files[]') ? ',files[]' : ''}`.split(',');
  return new Set(names.map((name) => name.trim().replace(/[= ].*$/, '')));
}

async function keysOf({ headers, body }: Asked): Promise<Set<string>> {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return new Set(Object.keys(JSON.parse(body) as Body));
  return new Set((await new Response(body, { headers: { 'Content-Type': type } }).formData()).keys());
}
