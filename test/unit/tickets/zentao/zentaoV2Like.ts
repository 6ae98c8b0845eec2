/** A server that behaves as the document of ZenTao's second interface says; histories and comments as its source does. */
import type { Answer, Asked } from './localServer';
import { LocalServer } from './localServer';
import { fieldsOf } from './zentaoLike';

interface Kept {
  [key: string]: unknown;
  id: number;
  type: 'bug' | 'story';
  title: string;
  status: string;
  files: { id: number; title: string }[];
  actions: { id: number; actor: string; action: string; date: string; comment: string }[];
}

const json = (body: unknown): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
const fail = (message: unknown): Answer => json({ status: 'fail', message });

export class ZenTaoV2Like extends LocalServer {
  static readonly password = 'pass-of-support1';
  version = '22.1';
  readonly kept: Kept[] = [];
  /** Whether the first interface is there beside it. */
  hasFirst = false;
  tellsHistory = true;
  private lastAction = 0;

  protected async answer({ method, path, headers, body }: Asked): Promise<Answer> {
    const [route = '', query = ''] = path.split('?');
    const parameters = new URLSearchParams(query);
    if (parameters.get('mode') === 'getconfig')
      return json({ version: this.version, requestType: 'PATH_INFO', requestFix: '-' });
    if (route === '/api.php/v2/users/login') {
      const { password } = JSON.parse(body) as { password: string };
      return password === ZenTaoV2Like.password ? json({ status: 'success', token: 'token-v2' }) : fail('登录失败');
    }
    if (headers['token'] !== 'token-v2') return { status: 401, body: '{"status":"fail","message":"Unauthorized"}' };
    const comment = /^\/action-comment-(bug|story)-(\d+)\.json$/.exec(route);
    if (comment) return this.comment(comment[1] ?? '', Number(comment[2]), new URLSearchParams(body), headers.referer);
    if (!route.startsWith('/api.php/v2/')) return this.first(route);
    return this.second(
      `${method} ${route.slice('/api.php/v2'.length)}`,
      method === 'GET' ? new Map() : await fieldsOf(body, headers),
    );
  }

  private first(route: string): Answer {
    if (!this.hasFirst) return { status: 404, body: '<html>404</html>' };
    if (route === '/api.php/v1/requiredFields') {
      return json({ bug: { create: { method: 'create', fields: ['title', 'openedBuild', 'deadline'] } } });
    }
    return json({
      options: {
        type: { mechanical: '机械' },
        pri: ['', '1'],
        severity: { 1: '致命' },
        modules: {},
        build: { 7: 'V9' },
      },
    });
  }

  private second(call: string, fields: Map<string, unknown>): Answer {
    const pager = (key: string, entries: readonly unknown[]) =>
      json({ status: 'success', [key]: entries, pager: { recTotal: entries.length, recPerPage: 100, pageID: 1 } });
    switch (call) {
      case 'GET /products':
        return pager('products', [{ id: 1, name: '智能照明' }]);
      case 'GET /users':
        return pager('users', [
          { id: 1, account: 'support1', realname: '李售后', deleted: 0 },
          { id: 2, account: 'gone', realname: '离职', deleted: 1 },
        ]);
      case 'GET /products/1/productplans':
        return pager('productplans', [{ id: 3, title: 'V9 计划', status: 'wait' }]);
      case 'GET /projects/5/builds':
        return pager('builds', [{ id: 7, name: 'V9.0.1' }]);
      case 'GET /products/1/bugs':
        return pager('bugs', this.kept.filter(({ type }) => type === 'bug').toReversed());
      case 'GET /products/1/stories':
        return pager('stories', this.kept.filter(({ type }) => type === 'story').toReversed());
      case 'POST /bugs':
        return fields.get('openedBuild')
          ? this.create('bug', fields)
          : fail({ openedBuild: ['『影响版本』不能为空。'] });
      case 'POST /stories':
        return this.create('story', fields);
      case 'POST /files': {
        const kept = this.one(Number(fields.get('objectID')));
        if (!kept) return fail('Bug does not exist.');
        kept.files.push({ id: kept.files.length + 1, title: String(fields.get('file')) });
        return json({ status: 'success', id: kept.files.length });
      }
      default:
        return this.single(call, fields);
    }
  }

  private create(type: Kept['type'], fields: Map<string, unknown>): Answer {
    if (fields.get('assignedTo') === 'nobody') return fail('User does not exist.');
    const given = Object.fromEntries(fields);
    const kept: Kept = {
      stage: 'wait',
      deadline: '',
      resolvedBuild: '',
      resolution: '',
      lastEditedDate: '',
      closedReason: '',
      mailto: '',
      ...given,
      id: this.kept.length + 1,
      type,
      product: given['productID'],
      project: 5,
      title: String(given['title']),
      openedBuild: ((given['openedBuild'] as string[] | undefined) ?? []).join(','),
      openedDate: '2026-11-22 18:18:27',
      status: type === 'bug' ? 'active' : 'draft',
      deleted: 0,
      files: [],
      actions: [],
    };
    // what a bug calls its type is not what it is
    if (type === 'bug') kept['kind'] = given['type'];
    this.kept.push(kept);
    return json({ status: 'success', id: kept.id });
  }

  private one = (id: number) => this.kept.find((each) => each.id === id);

  private single(call: string, fields: Map<string, unknown>): Answer {
    const [, method, plural, id, action] = /^(GET|PUT) \/(bugs|stories)\/(\d+)(?:\/(\w+))?$/.exec(call) ?? [];
    const kept = this.one(Number(id));
    if (!kept) return fail(plural === 'bugs' ? 'Bug does not exist.' : 'Story does not exist.');
    if (method === 'GET') {
      const { actions, kind, type, ...rest } = kept;
      const told = { ...rest, ...(type === 'bug' ? { type: kind } : {}) };
      return json({ status: 'success', [type]: told, ...(this.tellsHistory ? { actions } : {}) });
    }
    const status = { close: 'closed', activate: 'active' }[action ?? ''];
    if (status !== undefined) kept.status = status;
    for (const key of ['assignedTo', 'closedReason']) if (fields.has(key)) kept[key] = fields.get(key);
    if (fields.has('openedBuild')) kept['openedBuild'] = (fields.get('openedBuild') as string[]).join(',');
    if (action === 'activate') Object.assign(kept, { resolvedBuild: '', resolution: '' });
    if (fields.has('comment')) this.record(kept, action ?? '', String(fields.get('comment')));
    return json({ status: 'success' });
  }

  private comment(type: string, id: number, form: URLSearchParams, referer: string | undefined): Answer {
    const kept = this.one(id);
    const said = form.get('actioncomment');
    if (kept?.type === type && said !== null && referer?.endsWith('/zentao/')) this.record(kept, 'commented', said);
    return json({ result: 'success', closeModal: true });
  }

  private record(kept: Kept, action: string, comment: string): void {
    this.lastAction += 1;
    kept.actions.push({ id: this.lastAction, actor: 'support1', action, date: '2026-11-22 18:19:00', comment });
  }
}
