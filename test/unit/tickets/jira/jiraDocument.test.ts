/** Every exchange of Atlassian's own document, replayed: what is asked is compared, and what is answered understood. */
import { strict as assert } from 'node:assert';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JiraTracker } from '../../../../src/adapters/tickets/jira/jira';
import type { NewTicket, TrackerConnection } from '../../../../src/domain/tickets/tracker';
import { type Recording, recordings } from '../recordings';
import { createFields } from './company';
import { type Exchange, Judge, outline, wholeDocument } from './document';

const text = '客户：华东某厂；相机断线后崩溃 😀';
const caseId = 'ISS-20261122-7K3F';
const ticket: NewTicket = {
  caseId,
  kind: 'issue',
  place: 'VIS',
  title: '【现场】相机断线后崩溃',
  text,
  fields: { issuetype: '10001', priority: '2', duedate: '2026-12-05', fixVersions: ['20'], labels: 'casehub' },
  files: [],
};

/** The document's example of a ticket has neither title nor status: one that has. */
const readable = {
  id: '10000',
  key: 'ED-24',
  fields: {
    summary: `【现场】相机断线后崩溃 [${caseId}]`,
    description: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
    status: { id: '1', name: 'To Do', statusCategory: { id: 2, key: 'new' } },
    labels: [],
    attachment: [],
  },
};
const ways = {
  transitions: [
    {
      id: '5',
      name: 'Close',
      hasScreen: true,
      to: { id: '6', name: 'Closed', statusCategory: { key: 'done' } },
      fields: {
        resolution: { name: 'Resolution', required: true, schema: { type: 'resolution' }, allowedValues: ['Fixed'] },
      },
    },
  ],
};

type Answers = Readonly<Record<string, readonly [status: number, body: unknown]>>;
const ISSUE = 'GET /rest/api/3/issue/{issueIdOrKey}';
const usual: Answers = {
  'GET /rest/api/3/serverInfo': [200, { deploymentType: 'Cloud', version: '1001.0.0' }],
  'GET /rest/api/3/myself': [200, { accountId: '5b10', displayName: 'Mia Krystof', emailAddress: 'mia@example.com' }],
  'POST /rest/api/3/search/jql': [200, { issues: [], isLast: true }],
  'GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes': [
    200,
    { issueTypes: [{ id: '10001', name: 'Bug' }], total: 1 },
  ],
  'GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}': [
    200,
    { fields: createFields('10001'), total: 15 },
  ],
  'GET /rest/api/3/issue/{issueIdOrKey}/comment': [200, { comments: [], total: 0 }],
};
const reading: Answers = { [ISSUE]: [200, readable] };
/** No ticket has a number yet while one looks for it. */
const making: Answers = { ...reading, 'GET VIS': [404, undefined] };

interface Case {
  readonly answers?: Answers;
  readonly call: (tracker: JiraTracker) => Promise<unknown>;
  /** What the call gives or rejects with, in part. */
  readonly gives?: object;
  readonly rejects?: object;
  /** Compares what was sent as body. */
  readonly sends?: (sent: unknown, recorded: unknown, raw: string) => void;
}

const create = (tracker: JiraTracker) => tracker.create(ticket);
const cases: Readonly<Record<string, Case>> = {
  myself: {
    call: (tracker) => tracker.test(),
    gives: { account: 'mia@example.com', displayName: 'Mia Krystof', version: 'Cloud' },
  },
  'myself-no-auth': { call: (tracker) => tracker.test(), rejects: { reason: 'sign-in', said: '' } },
  'createmeta-issuetypes': {
    call: async (tracker) => (await tracker.fields('VIS', 'issue'))[0],
    gives: { key: 'issuetype', initial: '1', choices: [{ value: '1', label: 'Bug' }] },
  },
  'createmeta-fields': {
    call: async (tracker) => (await tracker.fields('VIS', 'issue'))[1],
    gives: { key: 'assignee', label: 'Assignee', required: true },
  },
  'create-issue': {
    answers: making,
    call: create,
    gives: { id: '10000', key: 'ED-24' },
    sends: (sent, recorded) => {
      const [{ fields: ours }, { fields: theirs }] = [sent, recorded] as { fields: Record<string, unknown> }[] as [
        Body,
        Body,
      ];
      for (const key of ['project', 'issuetype', 'description', 'priority', 'duedate'])
        assert.deepEqual(ours[key], theirs[key]);
      assert.equal(ours['summary'], `${String(theirs['summary'])} [${caseId}]`);
      assert.deepEqual(ours['labels'], ['casebook-iss-20261122-7k3f', 'casehub']);
      assert.deepEqual(ours['fixVersions'], [{ id: '20' }], 'a version by its id, since names may change');
    },
  },
  'create-issue-wrong-type': { answers: making, call: create, rejects: { reason: 'refused', isUndone: true } },
  'create-issue-no-body': { answers: making, call: create, rejects: { reason: 'refused', isUndone: true } },
  'create-issue-missing-summary': { answers: making, call: create, gives: { key: 'ED-24' } },
  'create-issue-400-example': {
    answers: making,
    call: create,
    rejects: { reason: 'refused', said: "Field 'priority' is required" },
  },
  'get-issue': { call: (tracker) => tracker.read('VIS-1', 'issue'), rejects: { reason: 'not-understood' } },
  'get-issue-404': { call: (tracker) => tracker.read('VIS-404', 'issue'), rejects: { reason: 'not-found', said: '' } },
  'add-comment': {
    answers: reading,
    call: (tracker) => tracker.comment('VIS-1', 'issue', text),
    rejects: { reason: 'not-applied' },
    sends: (sent, recorded) => assert.deepEqual(sent, recorded),
  },
  'list-comments': {
    answers: reading,
    call: async (tracker) => {
      const [comment] = (await tracker.read('VIS-1', 'issue')).comments;
      return { ...comment, text: comment?.text.slice(0, 11) };
    },
    gives: { id: '10000', by: 'Mia Krystof', at: '2021-01-17T12:34:00.000+00:00', text: 'Lorem ipsum' },
  },
  'list-transitions': {
    answers: reading,
    // its categories are none of Jira's
    call: (tracker) => tracker.close('VIS-1', 'issue', { comment: '', resolution: '' }),
    rejects: { reason: 'unsupported', said: 'In Progress, Closed' },
  },
  'do-transition': {
    answers: { ...reading, 'GET /rest/api/3/issue/{issueIdOrKey}/transitions': [200, ways] },
    call: (tracker) => tracker.close('VIS-1', 'issue', { comment: text, resolution: '' }),
    rejects: { reason: 'not-applied', said: 'To Do' },
    sends: (sent, recorded) => assert.deepEqual(sent, recorded),
  },
  'search-jql': {
    answers: { [ISSUE]: [404, undefined] },
    call: async (tracker) => ({ found: await tracker.find(ticket) }),
    gives: { found: undefined },
  },
  attach: {
    answers: reading,
    call: (tracker) => tracker.attach('VIS-1', 'issue', [{ name: '现场日志.log', bytes: new Uint8Array([1]) }]),
    rejects: { reason: 'not-applied' },
    sends: (_, recorded, raw) => {
      assert.equal(recorded, 'multipart/form-data: file=现场日志.log');
      assert.match(raw, /name="file"; filename="现场日志\.log"/);
    },
  },
  'unknown-route': { call: (tracker) => tracker.places(), rejects: { reason: 'not-found' } },
};
type Body = { readonly fields: Readonly<Record<string, unknown>> };

/** Asked in another way by the adapter, and the reason. */
const otherwise: Readonly<Record<string, string>> = {
  'search-jql-get': 'a search is always posted: a query in the address may be logged on its way',
};

const connection = (url: string): TrackerConnection => ({
  name: 'Jira',
  system: 'jira',
  url,
  account: 'mia@example.com',
  places: {},
  assignees: {},
  utcOffset: 0,
  textFormat: 'textile',
});

describe("Jira Cloud by Atlassian's document", () => {
  const whole = wholeDocument();
  const judge = new Judge(whole ?? outline());
  const all = recordings('jira/mock');
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it('has everything that the outline written for the tests has', () => {
    const { paths } = whole ?? outline();
    console.log(
      `    (${whole ? "Atlassian's document is the judge" : 'no document on this machine: an outline judges'})`,
    );
    for (const [path, operations] of Object.entries(outline().paths)) {
      assert.deepEqual(
        Object.keys(operations).filter((method) => !paths[path]?.[method]),
        [],
        path,
      );
    }
  });

  it('has a case for every exchange', () => {
    const known = [...Object.keys(cases), ...Object.keys(otherwise)];
    assert.deepEqual(
      all.map(({ name }) => name).filter((name) => !known.includes(name)),
      [],
    );
  });

  for (const recording of all.filter(({ name }) => cases[name])) {
    it(`understands ${recording.name}`, async () => {
      const { answers = {}, call, gives, rejects, sends } = cases[recording.name] ?? assert.fail();
      const asked: Exchange[] = [];
      const { method, path } = recording.request;
      const own = `${method} ${judge.templateOf(routeOf(path)) ?? '/rest/api/3/project/search'}`;
      const { status, body, bodyIsJson } = recording.response;
      const replay: Answers = { ...usual, ...answers, [own]: [status, bodyIsJson ? body : undefined] };
      server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const exchange = {
            method: request.method ?? '',
            path: request.url ?? '',
            headers: request.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          };
          asked.push(exchange);
          const isProbe = /\/issue\/VIS-\d+\?fields=summary,labels$/.test(exchange.path);
          const key =
            isProbe && replay['GET VIS'] ? 'GET VIS' : `${exchange.method} ${judge.templateOf(routeOf(exchange.path))}`;
          const [code, content] = replay[key] ?? [404, undefined];
          response
            .writeHead(code, { 'Content-Type': 'application/json' })
            .end(content === undefined ? '' : JSON.stringify(content));
        });
      }).listen(0, '127.0.0.1');
      await new Promise((done) => server?.once('listening', done));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const done = call(new JiraTracker(connection(url), 'DUMMY', Date.now));
      if (rejects) await assert.rejects(done, rejects);
      else assert.deepEqual(await given(done, gives), gives);
      assert.deepEqual(
        asked.flatMap((exchange) => judge.request(exchange, true)),
        [],
      );
      compare(asked, recording, sends);
    });
  }

  /** The recorded request is among those sent: the same path, and a query and body that say the same. */
  function compare(asked: readonly Exchange[], { request, response, name }: Recording, sends?: Case['sends']): void {
    if (name === 'unknown-route') return;
    const route = judge.templateOf(routeOf(request.path));
    const same = asked.find(
      ({ method, path }) => method === request.method && judge.templateOf(routeOf(path)) === route,
    );
    assert.ok(same, `${request.method} ${request.path} was asked`);
    const [ours, theirs] = [same.path, request.path].map((path) => new URLSearchParams(path.split('?')[1]));
    for (const [key, value] of theirs ?? []) {
      // comments have an address of their own
      const wanted = value.split(',').filter((each) => each !== 'comment');
      const sent = (ours?.get(key) ?? '').split(',');
      assert.deepEqual(
        wanted.filter((each) => !sent.includes(each)),
        [],
        key,
      );
    }
    const isJson = String(same.headers['content-type']).startsWith('application/json');
    if (response.status < 300 || name.startsWith('get'))
      sends?.(isJson ? JSON.parse(same.body) : undefined, request.body, same.body);
  }

  it('judges what Atlassian would refuse, and what its document leaves free', () => {
    const request = (method: string, path: string, body: unknown, headers = {}): Exchange => ({
      method,
      path: `/rest/api/3${path}`,
      headers: { authorization: 'Basic x', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const fields = {
      project: { key: 'VIS' },
      issuetype: { id: '1' },
      summary: 's',
      description: readable.fields.description,
    };
    assert.deepEqual(judge.request(request('POST', '/issue', { fields }), true), []);
    // what only the document itself can tell
    const byDocument = [
      request('POST', '/issue', { fields: 'not-an-object' }),
      request('POST', '/search/jql', { jql: 'x', total: true }),
      request('PUT', '/issue/VIS-1/assignee', { account: 'x' }),
      { ...request('GET', '/project/search?startAt=x', undefined), body: '' },
    ];
    const bad = [
      request('POST', '/issue', { fields: { ...fields, summary: '' } }),
      request('POST', '/issue', { fields: { ...fields, description: 'plain' } }),
      request('POST', '/issue', {
        fields: { ...fields, description: { type: 'doc', version: 1, content: [{ type: 'text', text: '' }] } },
      }),
      request('POST', '/issue', { fields: { ...fields, labels: ['two words'] } }),
      request('POST', '/issue', { fields }, { authorization: undefined }),
      request('POST', '/issue/VIS-1/comment', { body: 'plain' }),
      request('POST', '/search', { jql: 'x' }),
      { ...request('GET', '/myself?all=1', undefined), body: '' },
    ];
    for (const each of [...bad, ...(whole ? byDocument : [])])
      assert.notDeepEqual(judge.request(each, true), [], JSON.stringify(each));
  });
});

/** Of what a call gave, the part that is compared. */
async function given(done: Promise<unknown>, wanted: object = {}): Promise<object> {
  const whole = (await done) as Record<string, unknown>;
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, whole[key]]));
}

const routeOf = (path: string) => path.split('?')[0] ?? '';
