/** A server that behaves as Redmine 5 was seen to: "204" for what it did not do, empty bodies, flat error texts. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Kept {
  id: number;
  subject: string;
  description: string;
  status: number;
  assigned_to_id?: number;
  fixed_version_id?: number;
  due_date?: string;
  attachments: string[];
  journals: { id: number; notes: string }[];
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const statuses = [
  { id: 1, name: 'New', is_closed: false },
  { id: 2, name: 'In Progress', is_closed: false },
  { id: 3, name: 'Resolved', is_closed: false },
  { id: 4, name: 'Rejected', is_closed: true },
  { id: 5, name: 'Closed', is_closed: true },
];
const people: Readonly<Record<number, string>> = { 5: '开发 张', 6: '售后 李' };

export class RedmineLike {
  static readonly key = 'key-of-support';
  readonly asked: Asked[] = [];
  readonly issues: Kept[] = [];
  /** Statuses that this role may set; another one is passed over with 204. */
  maySet: readonly number[] = [1, 2, 3, 4, 5];
  /** Called before an answer is sent; true: the connection is cut after the work was done. */
  diesAfter: (asked: Asked) => boolean = () => false;
  /** Awaited before an answer is sent. */
  beforeAnswer: (asked: Asked) => Promise<void> = async () => undefined;
  /** An answer instead of the usual one. */
  instead: (asked: Asked) => { status: number; body?: string; headers?: Record<string, string> } | undefined = () =>
    undefined;
  private readonly files = new Map<string, string>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.take(request, response));
  }

  async start(port = 0): Promise<string> {
    this.server.listen(port, '127.0.0.1');
    await new Promise((done) => this.server.once('listening', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/redmine`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked: Asked = {
      method: request.method ?? '',
      path: (request.url ?? '').replace(/^\/redmine/, ''),
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.asked.push(asked);
    const other = this.instead(asked);
    if (other) {
      response.writeHead(other.status, other.headers ?? {}).end(other.body ?? '');
      return;
    }
    const [status, body] =
      request.headers['x-redmine-api-key'] === RedmineLike.key ? this.answer(asked) : [401, undefined];
    await this.beforeAnswer(asked);
    if (this.diesAfter(asked)) request.socket.destroy();
    else
      response
        .writeHead(status, { 'Content-Type': 'application/json' })
        .end(body === undefined ? '' : JSON.stringify(body));
  }

  private answer({ method, path, body }: Asked): [number, unknown] {
    const [route = '', query = ''] = path.split('?');
    const parameters = new URLSearchParams(query);
    const one = /^\/issues\/(\d+)\.json$/.exec(route);
    if (one) {
      const issue = this.issues.find(({ id }) => id === Number(one[1]));
      if (!issue) return [404, undefined];
      if (method === 'GET') return [200, { issue: this.told(issue, true) }];
      this.change(issue, (JSON.parse(body) as { issue: Record<string, unknown> }).issue);
      return [204, undefined];
    }
    switch (`${method} ${route}`) {
      case 'GET /users/current.json':
        return [
          200,
          { user: { id: 6, login: 'support1', firstname: '售后', lastname: '李', api_key: RedmineLike.key } },
        ];
      case 'GET /projects.json':
        return [200, { projects: [{ id: 1, name: '视觉检测平台', identifier: 'vision' }], total_count: 1 }];
      case 'GET /projects/vision/memberships.json':
        return [
          200,
          {
            memberships: [
              ...Object.entries(people).map(([id, name]) => ({ user: { id: Number(id), name } })),
              { group: { id: 9, name: 'all' } },
            ],
          },
        ];
      case 'GET /projects/vision/versions.json':
        return [
          200,
          {
            versions: [
              { id: 1, name: 'V3.2.2', status: 'open' },
              { id: 2, name: 'V1', status: 'closed' },
            ],
          },
        ];
      case 'GET /trackers.json':
        return [
          200,
          {
            trackers: [
              { id: 1, name: 'Bug' },
              { id: 2, name: 'Feature' },
            ],
          },
        ];
      case 'GET /issue_statuses.json':
        return [200, { issue_statuses: statuses }];
      case 'GET /enumerations/issue_priorities.json':
        return [
          200,
          {
            issue_priorities: [
              { id: 2, name: 'Normal' },
              { id: 4, name: 'Urgent' },
            ],
          },
        ];
      case 'GET /issues.json': {
        const part = (parameters.get('subject') ?? '').replace(/^~/, '');
        return [
          200,
          {
            issues: this.issues.filter(({ subject }) => subject.includes(part)).map((issue) => this.told(issue, false)),
          },
        ];
      }
      case 'POST /uploads.json': {
        const token = `${this.files.size + 1}.token`;
        this.files.set(token, parameters.get('filename') ?? '');
        return [201, { upload: { id: this.files.size, token } }];
      }
      case 'POST /issues.json': {
        const given = (JSON.parse(body) as { issue: Record<string, unknown> }).issue;
        if (typeof given['subject'] !== 'string' || given['subject'] === '')
          return [422, { errors: ['主题 不能为空字符'] }];
        const issue: Kept = {
          id: this.issues.length + 1,
          subject: given['subject'],
          description: String(given['description']),
          status: 1,
          attachments: [],
          journals: [],
        };
        this.issues.push(issue);
        this.change(issue, { ...given, subject: undefined });
        return [201, { issue: this.told(issue, false) }];
      }
      default:
        return [404, undefined];
    }
  }

  private change(issue: Kept, given: Record<string, unknown>): void {
    const status = Number(given['status_id']);
    if (this.maySet.includes(status)) issue.status = status;
    if (given['assigned_to_id'] !== undefined) issue.assigned_to_id = Number(given['assigned_to_id']);
    if (given['fixed_version_id'] !== undefined) issue.fixed_version_id = Number(given['fixed_version_id']);
    if (typeof given['due_date'] === 'string') issue.due_date = given['due_date'];
    for (const { token } of (given['uploads'] ?? []) as { token: string }[])
      issue.attachments.push(this.files.get(token) ?? '');
    if (typeof given['notes'] === 'string') {
      issue.journals.push({ id: issue.journals.length + 1, notes: given['notes'].replaceAll('\n', '\r\n') });
    }
  }

  private told(issue: Kept, whole: boolean): unknown {
    const { id, subject, description, assigned_to_id: assignee, fixed_version_id: version } = issue;
    return {
      id,
      subject,
      description,
      status: statuses.find((status) => status.id === issue.status),
      ...(assignee === undefined ? {} : { assigned_to: { id: assignee, name: people[assignee] ?? '' } }),
      ...(version === undefined ? {} : { fixed_version: { id: version, name: 'V3.2.2' } }),
      due_date: issue.due_date ?? null,
      done_ratio: 0,
      updated_on: '2026-11-22T10:19:17Z',
      ...(whole
        ? {
            allowed_statuses: statuses,
            attachments: issue.attachments.map((filename) => ({ filename })),
            journals: issue.journals.map((entry) => ({
              ...entry,
              user: { id: 6, name: '售后 李' },
              created_on: '2026-11-22T10:19:17Z',
            })),
          }
        : {}),
    };
  }
}
