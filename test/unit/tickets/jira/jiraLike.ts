/** A server that behaves as Jira is documented to: two flavours, workflows, screens that forbid fields, a slow search. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Exchange, Judge, outline, wholeDocument } from './document';
import { categories, createFields, issueTypes, people, statuses, versions, workflow } from './company';

export interface Kept {
  id: string;
  key: string;
  fields: Record<string, unknown>;
  status: number;
  resolution: string | null;
  assignee: string | null;
  attachments: { filename: string; size: number }[];
  comments: { id: string; body: unknown; created: string }[];
  isIndexed: boolean;
}

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

let judge: Judge | undefined;

export class JiraLike {
  static readonly account = 'support@example.com';
  static readonly secret = 'token-of-support';
  readonly asked: Exchange[] = [];
  readonly issues: Kept[] = [];
  /** What was wrong with requests and answers by Atlassian's document. */
  readonly wrong: string[] = [];
  /** The search knows what is made only later. */
  isSearchSlow = false;
  /** What happens instead of the usual answer after the work was done. */
  afterwards: (asked: Exchange) => Answer | 'dies' | undefined = () => undefined;
  /** True: "done" is said, and nothing is done. */
  ignores: (asked: Exchange) => boolean = () => false;
  /** An answer instead of the usual one. */
  instead: (asked: Exchange) => Answer | undefined = () => undefined;
  /** Fields that are not on the screen for making a ticket. */
  hidden: readonly string[] = [];
  private readonly server: Server;

  constructor(readonly isCloud: boolean) {
    this.server = createServer((request, response) => {
      this.take(request, response).catch((error: unknown) => {
        this.wrong.push(String(error));
        response.destroy();
      });
    });
    judge ??= new Judge(wholeDocument() ?? outline());
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await new Promise((done) => this.server.once('listening', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jira`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked: Exchange = {
      method: request.method ?? '',
      path: (request.url ?? '').replace(/^\/jira/, ''),
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.asked.push(asked);
    this.wrong.push(...(judge?.request(asked, this.isCloud) ?? []));
    const other = this.instead(asked);
    if (other) {
      answerWith(response, other);
      return;
    }
    const [status, body] = this.isKnown(asked) ? this.answer(asked) : [401, undefined];
    if (this.isCloud) this.wrong.push(...(judge?.response(asked.method, asked.path, status, body) ?? []));
    const after = this.afterwards(asked) ?? { status, body: body === undefined ? '' : JSON.stringify(body) };
    if (after === 'dies') request.socket.destroy();
    else answerWith(response, after);
  }

  private isKnown({ path, headers }: Exchange): boolean {
    const basic = Buffer.from(`${JiraLike.account}:${JiraLike.secret}`).toString('base64');
    const wanted = this.isCloud ? `Basic ${basic}` : `Bearer ${JiraLike.secret}`;
    return path === '/rest/api/2/serverInfo' || headers.authorization === wanted;
  }

  private answer(asked: Exchange): [number, unknown] {
    const { method, path, body } = asked;
    const [whole = '', query = ''] = path.split('?');
    const route = whole.replace(/^\/rest\/api\/[23]/, '');
    const parameters = new URLSearchParams(query);
    const from = Number(parameters.get('startAt') ?? 0);
    const [, key, rest = ''] = /^\/issue\/((?!createmeta)[^/]+)(\/.*)?$/.exec(route) ?? [];
    if (key !== undefined) return this.one(asked, key, rest);
    const meta = /^\/issue\/createmeta\/VIS\/issuetypes(?:\/(\w+))?$/.exec(route);
    if (meta) {
      const all =
        meta[1] === undefined ? issueTypes : createFields(meta[1]).filter(({ key: id }) => !this.hidden.includes(id));
      return [200, this.page(all, from, meta[1] === undefined ? 'issueTypes' : 'fields')];
    }
    switch (`${method} ${route}`) {
      case 'GET /serverInfo':
        return [
          200,
          { baseUrl: 'https://jira.example.com', deploymentType: this.isCloud ? 'Cloud' : 'Server', version: '9.12.4' },
        ];
      case 'GET /myself':
        return [200, { ...this.person('support1'), emailAddress: this.isCloud ? JiraLike.account : '' }];
      case 'GET /project':
        return [200, [{ id: '10000', key: 'VIS', name: '视觉检测平台' }]];
      case 'GET /project/search': {
        const values = [
          { id: '10000', key: 'VIS', name: '视觉检测平台' },
          { id: '10001', key: 'OPS', name: '运维' },
        ].slice(from, from + 1);
        return [200, { values, isLast: from >= 1, startAt: from, maxResults: 1, total: 2 }];
      }
      case 'GET /user/assignable/search':
        return [
          200,
          Object.keys(people)
            .slice(from, from + 1)
            .map((id) => this.person(id)),
        ];
      case 'POST /search/jql':
      case 'POST /search':
        return this.search(JSON.parse(body) as { jql: string; nextPageToken?: string; startAt?: number });
      case 'POST /issue':
        return this.create((JSON.parse(body) as { fields: Record<string, unknown> }).fields);
      default:
        return [404, { errorMessages: ['not there'], errors: {} }];
    }
  }

  /** Two at once, so that a reader of one page misses something. */
  private page(all: readonly unknown[], from: number, name: string) {
    const entries = all.slice(from, from + 2);
    const isLast = from + 2 >= all.length;
    return this.isCloud
      ? { [name]: entries, startAt: from, maxResults: 2, total: all.length }
      : { values: entries, startAt: from, maxResults: 2, total: all.length, isLast };
  }

  private person(id: string) {
    const displayName = people[id] ?? '';
    return this.isCloud
      ? { accountId: id, displayName, active: true, accountType: 'atlassian' }
      : { name: id, key: id, displayName, active: true };
  }

  private search({
    jql,
    nextPageToken,
    startAt = 0,
  }: {
    jql: string;
    nextPageToken?: string;
    startAt?: number;
  }): [number, unknown] {
    const known = this.issues.filter(({ isIndexed }) => isIndexed);
    const label = /labels = "([^"]+)"/.exec(jql)?.[1];
    const words = /summary ~ "\\"([^"]+)\\""/.exec(jql)?.[1];
    const hits = jql.includes('ORDER BY key DESC')
      ? known.toReversed()
      : known.filter(
          ({ fields }) =>
            (fields['labels'] as string[]).includes(label ?? '') || String(fields['summary']).includes(words ?? '\n'),
        );
    const from = nextPageToken === undefined ? startAt : Number(nextPageToken);
    const issues = hits
      .slice(from, from + 1)
      .map(({ id, key, fields: { summary, labels } }) => ({ id, key, fields: { summary, labels } }));
    const isLast = from + 1 >= hits.length;
    const end = this.isCloud
      ? { isLast, ...(isLast ? {} : { nextPageToken: String(from + 1) }) }
      : { startAt: from, total: hits.length };
    return [200, { issues, ...end }];
  }

  private create(given: Record<string, unknown>): [number, unknown] {
    const type = (given['issuetype'] as { id: string }).id;
    const screen = createFields(type).filter(({ key }) => !this.hidden.includes(key));
    const errors: Record<string, string> = {};
    for (const { key, name, required, hasDefaultValue } of screen) {
      if (required && !hasDefaultValue && given[key] === undefined) errors[key] = `${name} is required.`;
    }
    for (const key of Object.keys(given)) {
      if (!screen.some((field) => field.key === key)) {
        errors[key] = `Field '${key}' cannot be set. It is not on the appropriate screen, or unknown.`;
      }
    }
    if (JSON.stringify(given['description']).length > 33_000) errors['description'] = 'The entered text is too long.';
    if (Object.keys(errors).length > 0) return [400, { errorMessages: [], errors }];
    const number = this.issues.length + 1;
    const issue: Kept = {
      id: String(10_000 + number * 7),
      key: `VIS-${number}`,
      fields: { labels: [], ...given },
      status: 1,
      resolution: null,
      assignee: null,
      attachments: [],
      comments: [],
      isIndexed: !this.isSearchSlow,
    };
    this.issues.push(issue);
    return [201, { id: issue.id, key: issue.key, self: `/rest/api/3/issue/${issue.id}` }];
  }

  private one(asked: Exchange, key: string, rest: string): [number, unknown] {
    const issue = this.issues.find((each) => each.id === key || each.key === key);
    if (!issue)
      return [404, { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} }];
    const isIgnored = this.ignores(asked);
    const body = asked.headers['content-type']?.includes('json')
      ? (JSON.parse(asked.body) as Record<string, unknown>)
      : {};
    switch (`${asked.method} ${rest}`) {
      case 'GET ':
        return [200, this.told(issue)];
      case 'GET /comment': {
        const from = Number(new URLSearchParams(asked.path.split('?')[1]).get('startAt') ?? 0);
        const newest = issue.comments.toReversed().map((each) => ({ ...each, author: this.person('support1') }));
        return [200, { comments: newest.slice(from, from + 2), startAt: from, maxResults: 2, total: newest.length }];
      }
      case 'POST /comment':
        return [201, isIgnored ? { id: '0' } : this.say(issue, body['body'])];
      case 'POST /attachments': {
        if (!isIgnored) issue.attachments.push(...filesOf(asked.body));
        return [200, []];
      }
      case 'PUT /assignee':
        if (!isIgnored) issue.assignee = String(body['accountId'] ?? body['name']);
        return [204, undefined];
      case 'GET /transitions':
        return [
          200,
          { transitions: workflow(issue.status).map(({ to, ...way }) => ({ ...way, to: this.status(to) })) },
        ];
      case 'POST /transitions':
        return this.move(issue, body, isIgnored);
      default:
        return [404, { errorMessages: ['not there'], errors: {} }];
    }
  }

  private move(issue: Kept, body: Record<string, unknown>, isIgnored: boolean): [number, unknown] {
    const { transition, fields, update } = body as {
      transition: { id: string };
      fields: Record<string, { id?: string; name?: string }>;
      update?: { comment: { add: { body: unknown } }[] };
    };
    const way = workflow(issue.status).find(({ id }) => id === transition.id);
    if (!way)
      return [400, { errorMessages: [`Transition id '${transition.id}' is not valid for this issue.`], errors: {} }];
    const errors: Record<string, string> = {};
    for (const key of Object.keys(fields)) {
      if (!way.fields[key])
        errors[key] = `Field '${key}' cannot be set. It is not on the appropriate screen, or unknown.`;
    }
    for (const [key, { required, name }] of Object.entries(way.fields)) {
      if (required && !fields[key] && issue.fields[key] === undefined) errors[key] = `${name} is required.`;
    }
    if (Object.keys(errors).length > 0) return [400, { errorMessages: [], errors }];
    if (isIgnored) return [204, undefined];
    issue.status = way.to;
    const { resolution } = fields;
    const chosen = way.fields['resolution']?.allowedValues.find(({ id }) => id === resolution?.id);
    issue.resolution = categories[way.to] === 'done' ? (chosen?.name ?? issue.resolution) : null;
    // without a screen, what was said on the way is lost
    if (way.hasScreen) for (const { add } of update?.comment ?? []) this.say(issue, add.body);
    return [204, undefined];
  }

  private say(issue: Kept, body: unknown) {
    const id = String(100 + issue.comments.length);
    const comment = {
      id,
      body,
      created: `2026-11-22T18:19:${String(issue.comments.length).padStart(2, '0')}.000+0800`,
    };
    issue.comments.push(comment);
    return { ...comment, author: this.person('support1') };
  }

  private status(id: number) {
    return { id: String(id), name: statuses[id] ?? '', statusCategory: { id, key: categories[id] ?? 'undefined' } };
  }

  private told({ id, key, fields, status, resolution, assignee, attachments }: Kept) {
    const chosen = (fields['fixVersions'] ?? []) as { id: string }[];
    return {
      id,
      key,
      self: `/rest/api/3/issue/${id}`,
      fields: {
        ...Object.fromEntries(Object.entries(fields).filter(([field]) => field.startsWith('customfield_'))),
        summary: fields['summary'],
        description: fields['description'],
        labels: fields['labels'],
        duedate: fields['duedate'] ?? null,
        status: this.status(status),
        resolution: resolution === null ? null : { name: resolution },
        assignee: assignee === null ? null : this.person(assignee),
        fixVersions: versions.filter((version) => chosen.some((each) => each.id === version.id)),
        attachment: attachments,
        updated: '2026-11-22T10:19:17.000+0000',
      },
    };
  }
}

function answerWith(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body ?? '');
}

/** Names and sizes of a form's parts. */
function filesOf(body: string): { filename: string; size: number }[] {
  return [...body.matchAll(/name="file"; filename="([^"]+)"\r\n(?:[^\r]+\r\n)*\r\n([\s\S]*?)\r\n--/g)].map(
    ([, filename = '', content = '']) => ({
      filename,
      size: Buffer.byteLength(content),
    }),
  );
}
