/**
 * A server that behaves as ZenTao 18 was seen to over v1 and the classic pages: "200" for what it did not do, fields
 * emptied that are not sent again, one bug per title and thirty seconds, comments only for pages of its own.
 */
import type { IncomingMessage } from 'node:http';
import { type Asked, type Answer, LocalServer } from './localServer';

export interface Kept {
  id: number;
  type: 'bug' | 'story';
  product: number;
  title: string;
  keywords: string;
  html: string;
  status: string;
  stage: string;
  closedReason: string;
  severity: number;
  pri: number;
  kind: string;
  openedBuild: string[];
  resolvedBuild: string;
  resolution: string;
  resolvedBy: string;
  assignedTo: string;
  mailto: string[];
  deadline: string;
  execution: number;
  plan: string;
  madeAt: number;
  openedDate: string;
  confirmed: number;
  deleted: boolean;
  files: { id: number; title: string }[];
  actions: { id: number; actor: string; action: string; date: string; comment: string }[];
}

const people: Readonly<Record<string, string>> = { admin: 'admin', dev1: '张开发', support1: '李售后' };
const builds: Readonly<Record<string, string>> = { trunk: '主干', 1: 'V3.2.1', 2: 'V3.2.2' };

export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: body === undefined ? '' : JSON.stringify(body),
});
const page = (body: string): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'text/html; Language=UTF-8' },
  body,
});
const nothing = (): Answer => ({ status: 200, headers: { 'Content-Type': 'text/html' }, body: '' });

const plain = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

export class ZenTaoLike extends LocalServer {
  static readonly password = 'pass-of-support1';
  version = '18.10';
  /** Ids as PHP 7 writes them. */
  idsAreTexts = false;
  readonly kept: Kept[] = [];
  /** Milliseconds of its clock, for the thirty seconds. */
  clock = 0;
  tokens = new Set<string>();
  failedLogins = 0;
  plans: unknown[] = [{ id: 1, title: 'V3.3 计划', status: 'wait', begin: '2026-12-01', end: '2026-12-31' }];
  /** Keeps titles as HTML does. */
  escapesTitles = false;
  /** Files that come with a story are lost. */
  losesStoryFiles = false;
  /** Comments of the classic page are lost, with "success". */
  losesComments = false;
  /** Id → name, beside those of the bugs. */
  olderBuilds: Readonly<Record<string, string>> = {};
  /** Account → name, of those who can only be assigned to. */
  colleagues: Readonly<Record<string, string>> = {};
  private lastId = 0;
  private lastFile = 0;
  private lastAction = 0;

  protected async answer(asked: Asked): Promise<Answer> {
    const { method, path, headers, body } = asked;
    const [route = '', query = ''] = path.split('?');
    const parameters = new URLSearchParams(query);
    if (parameters.get('mode') === 'getconfig') return page(JSON.stringify(this.config()));
    if (route.startsWith('/api.php/v2')) return { status: 500, headers: {}, body: '<html>Fatal error</html>' };
    if (`${method} ${route}` === 'POST /api.php/v1/tokens')
      return this.logIn(JSON.parse(body) as Record<string, string>);
    const isSignedIn = this.tokens.has(String(headers['token']));
    if (route === '/index.php') {
      return isSignedIn ? this.classic(asked, parameters) : page(JSON.stringify(located('m=user&f=login&t=json')));
    }
    if (!isSignedIn) return json(401, { error: 'Unauthorized' });
    return this.api(asked, route.replace('/api.php/v1', ''), parameters);
  }

  private config() {
    return { version: this.version, requestType: 'GET', requestFix: '-', maxUploadSize: '1M', expiredTime: '1440' };
  }

  private logIn({ account = '', password }: Record<string, string>): Answer {
    if (this.failedLogins >= 6) return json(400, { error: '密码尝试次数太多，请联系管理员解锁，或10分钟后重试。' });
    if (!(account in people) || password !== ZenTaoLike.password) {
      this.failedLogins += 1;
      return json(400, { error: '登录失败，请检查您的用户名或密码是否填写正确。' });
    }
    const token = `session-${this.tokens.size + this.asked.length}`;
    this.tokens = new Set([token]);
    return json(201, { token });
  }

  private async api({ method, body, headers }: Asked, route: string, parameters: URLSearchParams): Promise<Answer> {
    const product = Number(/^\/products\/(\d+)\//.exec(route)?.[1] ?? 0);
    const [, plural, id, action] = /^\/(bugs|stories)\/(\d+)(?:\/(\w+))?$/.exec(route) ?? [];
    if (plural !== undefined) {
      const kept = this.kept.find(
        (each) => each.id === Number(id) && each.type === (plural === 'bugs' ? 'bug' : 'story'),
      );
      if (method === 'GET') return kept ? json(200, this.detail(kept)) : json(400, { error: 'error' });
      return kept ? this.act(kept, action ?? '', JSON.parse(body) as Record<string, unknown>) : nothing();
    }
    const created = /^\/products\/\d+\/(bugs|stories)$/.exec(route)?.[1];
    if (created !== undefined && method === 'POST') {
      return this.create(product, created === 'bugs' ? 'bug' : 'story', await fieldsOf(body, headers));
    }
    if (created !== undefined) return this.list(product, created === 'bugs' ? 'bug' : 'story', parameters);
    switch (route) {
      case '/user':
        return json(200, { profile: { id: 3, account: 'support1', realname: '李售后' } });
      case '/products':
        return this.paged('products', [{ id: this.id(1), name: '视觉检测平台' }], parameters);
      case '/users': {
        const users = Object.entries({ ...people, ...this.colleagues }).map(([account, realname], index) => ({
          id: index + 1,
          account,
          realname,
        }));
        return this.paged('users', users, parameters);
      }
      case '/options/bug': {
        const own = parameters.get('product') === null ? { trunk: '主干' } : builds;
        const options = {
          type: { '': '', codeerror: '代码错误', config: '配置相关' },
          pri: ['', '1', '2', '3', '4'],
          severity: ['', '1', '2', '3', '4'],
          modules: ['/'],
          build: { '': '', ...own, ...this.olderBuilds },
        };
        return json(200, { options });
      }
      default:
        return /^\/products\/\d+\/plans$/.test(route)
          ? this.paged('plans', this.plans, parameters)
          : json(404, { error: 'not found' });
    }
  }

  private create(product: number, type: Kept['type'], fields: Map<string, unknown>): Answer {
    const required =
      type === 'bug' ? ['title', 'pri', 'severity', 'type', 'openedBuild'] : ['title', 'spec', 'pri', 'category'];
    const names: Record<string, string> = {
      title: 'Bug标题',
      openedBuild: '影响版本',
      category: '类别',
      pri: '优先级',
    };
    const absent = required.find((key) => !fields.has(key));
    if (absent !== undefined) return json(400, { error: `『${names[absent] ?? absent}』不能为空。` });
    const text = (key: string) => stored(plain(fields.get(key)));
    const title = this.titled(text('title'));
    if (title === '' || title.length > 255) return json(400, { error: { title: ['『Bug标题』不能为空。'] } });
    if (!/^(?:\d{4}-\d{2}-\d{2})?$/.test(text('deadline')))
      return json(400, { error: { deadline: ['『截止日期』应当为合法的日期。'] } });
    const same = this.kept.find(
      (each) => each.title === title && each.type === type && this.clock - each.madeAt < 30_000,
    );
    if (same) return json(201, this.written(same));
    const kept: Kept = {
      id: (this.lastId += 1),
      type,
      product,
      title,
      keywords: text('keywords'),
      html: text(type === 'bug' ? 'steps' : 'spec'),
      status: type === 'bug' ? 'active' : 'draft',
      stage: 'wait',
      closedReason: '',
      severity: Number(fields.get('severity') ?? 0),
      pri: Number(fields.get('pri')),
      kind: text(type === 'bug' ? 'type' : 'category'),
      openedBuild: (fields.get('openedBuild') as string[] | undefined) ?? [],
      resolvedBuild: '',
      resolution: '',
      resolvedBy: '',
      assignedTo: text('assignedTo'),
      mailto: (fields.get('mailto') as string[] | undefined) ?? [],
      // the older one takes it and forgets it
      deadline: this.version === '18.4' ? '' : text('deadline'),
      execution: Number(fields.get('execution') ?? 0),
      plan: text('plan'),
      madeAt: this.clock,
      openedDate: '2026-11-22T10:18:27Z',
      confirmed: 0,
      deleted: false,
      files: (type === 'story' && this.losesStoryFiles
        ? []
        : ((fields.get('files') as string[] | undefined) ?? [])
      ).map((name) => ({
        id: (this.lastFile += 1),
        title: name,
      })),
      actions: [],
    };
    this.kept.push(kept);
    this.record(kept, 'opened', '');
    return json(this.version === '18.4' ? 200 : 201, this.written(kept));
  }

  private titled = (title: string) => (this.escapesTitles ? title.replaceAll('&', '&amp;') : title);

  private act(kept: Kept, action: string, fields: Record<string, unknown>): Answer {
    const text = (key: string) => stored(plain(fields[key]));
    switch (action) {
      case 'assign':
        kept.assignedTo = text('assignedTo');
        if (kept.type === 'bug') kept.mailto = (fields['mailto'] as string[] | undefined) ?? [];
        this.record(kept, 'assigned', text('comment'));
        break;
      case 'close':
        Object.assign(kept, {
          status: 'closed',
          stage: 'closed',
          assignedTo: 'closed',
          closedReason: text('closedReason'),
        });
        this.record(kept, 'closed', text('comment'));
        break;
      case 'active':
        kept.assignedTo = text('assignedTo');
        this.record(kept, 'activated', text('comment'));
        kept.closedReason = '';
        // a story that was closed as a draft stays closed
        if (kept.type === 'story') break;
        Object.assign(kept, { status: 'active', resolution: '', resolvedBy: '', resolvedBuild: '' });
        kept.openedBuild = fields['openedBuild'] as string[];
        break;
      default:
        return json(404, { error: 'not found' });
    }
    return json(200, this.written(kept));
  }

  private async classic({ method, headers, body }: Asked, parameters: URLSearchParams): Promise<Answer> {
    const kept = this.kept.find(({ id }) => id === Number(parameters.get('bugID') ?? parameters.get('objectID')));
    const isOwnPage = headers.referer === this.url(headers);
    if (parameters.get('f') === 'comment') {
      const name = Number.parseInt(this.version, 10) < 20 ? 'comment' : 'actioncomment';
      const comment = new URLSearchParams(body).get(name);
      if (kept && comment !== null && isOwnPage && !this.losesComments) this.record(kept, 'commented', stored(comment));
      return page('<html><script>if(parent !== window) parent.location.reload(true);</script>\n');
    }
    if (!kept) return page('<html>未找到</html>');
    if (method === 'GET')
      return page(JSON.stringify({ status: 'success', data: JSON.stringify({ bug: this.raw(kept) }) }));
    if (isOwnPage) this.edit(kept, await fieldsOf(body, headers));
    return page(JSON.stringify(located(`m=bug&f=view&t=json&bugID=${kept.id}`)));
  }

  /** What the form does not say is emptied. */
  private edit(kept: Kept, fields: Map<string, unknown>): void {
    const text = (key: string) => plain(fields.get(key));
    Object.assign(kept, {
      title: this.titled(text('title')),
      keywords: text('keywords'),
      html: text('steps'),
      deadline: text('deadline'),
      execution: Number(text('execution')),
      assignedTo: text('assignedTo'),
      mailto: fields.get('mailto') ?? [],
      openedBuild: fields.get('openedBuild') ?? [],
    });
    for (const name of (fields.get('files') as string[] | undefined) ?? []) {
      kept.files.push({ id: (this.lastFile += 1), title: name });
    }
    this.record(kept, 'edited', text('comment'));
  }

  protected url(headers: IncomingMessage['headers']): string {
    return `http://${headers.host}/zentao/`;
  }

  record(kept: Kept, action: string, comment: string): void {
    this.lastAction += 1;
    kept.actions.push({ id: this.lastAction, actor: '李售后', action, date: '2026-11-22 18:18:27', comment });
  }

  private list(product: number, type: Kept['type'], parameters: URLSearchParams): Answer {
    const isAll = ['all', 'allstory'].includes(parameters.get('status') ?? '');
    const own = this.kept.filter(
      (each) => each.product === product && each.type === type && !each.deleted && (isAll || each.status !== 'closed'),
    );
    const entries = own.toReversed().map((each) => ({
      ...this.written(each),
      openedBuild: each.openedBuild.map((id) => builds[id]).join(','),
    }));
    return this.paged(type === 'bug' ? 'bugs' : 'stories', entries, parameters);
  }

  /** Beyond the last page is the last page. */
  private paged(key: string, entries: readonly unknown[], parameters: URLSearchParams): Answer {
    const limit = Number(parameters.get('limit') ?? 20);
    const last = Math.max(1, Math.ceil(entries.length / limit));
    const number = Math.min(Number(parameters.get('page') ?? 1), last);
    const part = entries.slice((number - 1) * limit, number * limit);
    return json(200, { page: number, total: entries.length, limit, [key]: part });
  }

  private id = (id: number) => (this.idsAreTexts ? String(id) : id);

  private person(account: string) {
    const realname = people[account] ?? this.colleagues[account];
    return realname === undefined ? null : { id: 2, account, avatar: '', realname };
  }

  /** As the answers to writes have it. */
  private written(kept: Kept): Record<string, unknown> {
    const { id, product, title, keywords, status, stage, closedReason, severity, pri, resolution, resolvedBuild } =
      kept;
    return {
      id: this.id(id),
      product,
      project: 0,
      title,
      keywords,
      status,
      stage,
      closedReason,
      severity,
      pri,
      resolution,
      ...(kept.type === 'bug' ? { type: kept.kind, steps: kept.html } : { category: kept.kind, spec: kept.html }),
      execution: kept.execution,
      plan: kept.plan,
      resolvedBuild,
      confirmed: kept.confirmed,
      openedBuild: kept.openedBuild.join(','),
      assignedTo: this.person(kept.assignedTo),
      resolvedBy: this.person(kept.resolvedBy),
      mailto: kept.mailto.map((account) => this.person(account)),
      deadline: kept.deadline === '' ? '0000-00-00' : kept.deadline,
      openedDate: kept.openedDate,
      lastEditedDate: null,
      deleted: kept.deleted,
      files: kept.files.length === 0 ? [] : Object.fromEntries(kept.files.map((file) => [file.id, file])),
    };
  }

  private detail(kept: Kept): unknown {
    const build = (id: string) => ({ id, title: builds[id] });
    return {
      ...this.written(kept),
      deadline: kept.deadline === '' ? null : kept.deadline,
      openedBuild: kept.openedBuild.map(build),
      resolvedBuild: kept.resolvedBuild === '' ? '' : build(kept.resolvedBuild),
      actions: kept.actions,
    };
  }

  /** As the classic page has it. */
  private raw(kept: Kept): unknown {
    return {
      ...this.written(kept),
      assignedTo: kept.assignedTo,
      mailto: kept.mailto.join(','),
      deadline: kept.deadline,
      resolvedBy: kept.resolvedBy,
    };
  }
}

const located = (query: string) => ({
  status: 'success',
  data: JSON.stringify({ locate: `http://127.0.0.1/index.php?${query}` }),
});

/** What a database of three bytes a character makes of it. */
const stored = (text: string) => text.replace(/[\u{10000}-\u{10FFFF}]/gu, '????');

/** Of JSON or a form with files; "openedBuild[]" is a list, files are their names. */
export async function fieldsOf(body: string, headers: IncomingMessage['headers']): Promise<Map<string, unknown>> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return new Map(Object.entries(JSON.parse(body) as Record<string, unknown>));
  const fields = new Map<string, unknown>();
  for (const [key, value] of await new Response(body, { headers: { 'Content-Type': type } }).formData()) {
    const name = key.replace(/\[\]$/, '');
    const entry = typeof value === 'string' ? value : value.name;
    if (name === key) fields.set(name, entry);
    else fields.set(name, [...((fields.get(name) as string[] | undefined) ?? []), entry]);
  }
  return fields;
}
