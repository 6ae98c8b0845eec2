/** Exchanges written after what the real servers did, small: for a copy of this repository without the recordings. */
import type { Recording } from '../recordings';

const TOKEN = { Token: 'DUMMY_TOKEN_ADMIN' };
const JSON_TYPE = { 'Content-Type': 'application/json' };

function exchange(
  name: string,
  call: string,
  body: unknown,
  status: number,
  answer: unknown,
  headers: Readonly<Record<string, string>> = TOKEN,
): Recording {
  const [method = '', path = ''] = call.split(' ');
  const sent = typeof body === 'object' && body !== null ? { ...headers, ...JSON_TYPE } : headers;
  return {
    name,
    request: { method, path, headers: sent, body },
    response: { status, headers: JSON_TYPE, body: answer, bodyIsJson: typeof answer !== 'string' },
  };
}

const admin = { id: 1, account: 'admin', avatar: '', realname: 'admin' };
const dev = { id: 2, account: 'dev1', avatar: '', realname: '张开发' };

/** The answer to a write. */
const bug = {
  id: 1,
  project: 1,
  product: 1,
  execution: 2,
  plan: 0,
  title: '相机断线 CASE-1',
  keywords: 'CASE-1',
  severity: 2,
  pri: 1,
  type: 'codeerror',
  steps: '<p>拔掉相机网线</p>',
  status: 'active',
  confirmed: 0,
  mailto: [],
  openedBy: admin,
  openedDate: '2026-11-22T10:18:27Z',
  openedBuild: '1',
  assignedTo: dev,
  deadline: '2026-12-05',
  resolvedBy: null,
  resolution: '',
  resolvedBuild: '',
  lastEditedDate: null,
  deleted: false,
  planName: '',
  files: [],
};
const opened = { id: 8, actor: 'admin', action: 'opened', date: '2026-11-22 18:18:27', comment: '', history: [] };
const detail = { ...bug, openedBuild: [{ id: '1', title: 'V3.2.1' }], actions: [opened] };
const file = (id: number, title: string) => ({ id, title, extension: 'txt', size: 13 });
const story = {
  id: 1,
  product: 1,
  plan: '',
  title: '支持导出日志包 CASE-2',
  category: 'feature',
  pri: 2,
  status: 'draft',
  stage: 'wait',
  mailto: [],
  openedDate: '2026-11-22T10:18:28Z',
  assignedTo: null,
  lastEditedDate: null,
  closedReason: '',
  deleted: false,
  spec: '<p>一键导出</p>',
  files: [],
};
const given = {
  severity: 2,
  pri: 1,
  type: 'codeerror',
  openedBuild: ['1'],
  assignedTo: 'dev1',
  deadline: '2026-12-05',
};
const FORM = { ...TOKEN, Referer: 'http://127.0.0.1/', 'Content-Type': 'application/x-www-form-urlencoded' };
const MULTIPART = { ...TOKEN, 'Content-Type': 'multipart/form-data; boundary=x' };
const located = (query: string) => ({
  status: 'success',
  data: JSON.stringify({ locate: `http://127.0.0.1/index.php?${query}` }),
});

export const written: readonly Recording[] = [
  exchange(
    'getconfig',
    'GET /?mode=getconfig',
    null,
    200,
    { version: '18.10', requestType: 'GET', requestFix: '-', maxUploadSize: '50M' },
    {},
  ),
  exchange(
    'token-login-ok',
    'POST /api.php/v1/tokens',
    { account: 'admin', password: 'p' },
    201,
    { token: 'DUMMY_TOKEN_ADMIN' },
    {},
  ),
  exchange(
    'token-login-wrong-password',
    'POST /api.php/v1/tokens',
    { account: 'admin', password: 'x' },
    400,
    { error: '登录失败，请检查您的用户名或密码是否填写正确。' },
    {},
  ),
  exchange('my-user', 'GET /api.php/v1/user', null, 200, { profile: { id: 1, account: 'admin', realname: 'admin' } }),
  exchange('bad-token', 'GET /api.php/v1/products', null, 401, { error: 'Unauthorized' }),
  exchange('list-products', 'GET /api.php/v1/products?limit=100', null, 200, {
    page: 1,
    total: 1,
    limit: 100,
    products: [{ id: 1, name: '视觉检测平台' }],
  }),
  exchange('list-users', 'GET /api.php/v1/users?limit=100', null, 200, {
    page: 1,
    total: 2,
    limit: 100,
    users: [dev, admin],
  }),
  exchange('options-bug-with-product', 'GET /api.php/v1/options/bug?product=1', null, 200, {
    options: {
      type: { '': '', codeerror: '代码错误' },
      pri: ['', '1', '2', '3', '4'],
      severity: ['', '1', '2', '3', '4'],
      modules: ['/'],
      build: { '': '', trunk: '主干', 2: 'V3.2.2' },
    },
  }),
  exchange('list-plans', 'GET /api.php/v1/products/1/plans', null, 200, {
    page: 1,
    total: 1,
    limit: 20,
    plans: [{ id: 1, title: 'V3.3 计划', status: 'wait' }],
  }),
  exchange(
    'create-bug',
    'POST /api.php/v1/products/1/bugs',
    { title: bug.title, steps: bug.steps, keywords: 'CASE-1', ...given },
    201,
    bug,
  ),
  exchange(
    'create-bug-multipart-with-files',
    'POST /api.php/v1/products/1/bugs',
    'multipart/form-data: title,severity,pri,type,openedBuild[]=trunk,steps,labels[], files[]=crash.log (text/plain)',
    201,
    { ...bug, severity: 3, pri: 2, openedBuild: 'trunk', files: { 2: file(2, 'crash.log') } },
    MULTIPART,
  ),
  exchange(
    'create-bug-missing-build',
    'POST /api.php/v1/products/1/bugs',
    { title: 'x', steps: '', severity: 2, pri: 1, type: 'others' },
    400,
    { error: '『影响版本』不能为空。' },
  ),
  exchange('create-bug-empty-title', 'POST /api.php/v1/products/1/bugs', { ...given, title: '' }, 400, {
    error: { title: ['『Bug标题』不能为空。'] },
  }),
  exchange('get-bug-resolved', 'GET /api.php/v1/bugs/1', null, 200, {
    ...detail,
    status: 'resolved',
    resolution: 'fixed',
    resolvedBy: dev,
    resolvedBuild: { id: '2', title: 'V3.2.2' },
    lastEditedDate: '2026-11-22T10:18:28Z',
    actions: [opened, { ...opened, id: 16, actor: '张开发', action: 'resolved', comment: '已在 V3.2.2 修复' }],
  }),
  exchange('get-bug-unknown', 'GET /api.php/v1/bugs/99999', null, 400, { error: 'error' }),
  exchange('list-bugs', 'GET /api.php/v1/products/1/bugs?limit=20&page=1&order=id_desc&status=all', null, 200, {
    page: 1,
    total: 1,
    limit: 20,
    bugs: [{ ...bug, openedBuild: 'V3.2.1' }],
  }),
  exchange('assign-bug-comment', 'POST /api.php/v1/bugs/1/assign', { assignedTo: 'dev1', comment: '请尽快' }, 200, bug),
  exchange(
    'comment-via-assign-keeps-mailto',
    'POST /api.php/v1/bugs/1/assign',
    { assignedTo: 'dev1', mailto: ['dev1'], comment: '带抄送' },
    200,
    { ...bug, mailto: [dev], deadline: '0000-00-00' },
  ),
  exchange(
    'activate-bug',
    'POST /api.php/v1/bugs/1/active',
    { assignedTo: 'dev1', openedBuild: ['2'], comment: '仍崩溃' },
    200,
    { ...bug, openedBuild: '2', activatedCount: 1 },
  ),
  exchange('close-bug', 'POST /api.php/v1/bugs/1/close', { comment: '现场验证通过' }, 200, {
    ...bug,
    status: 'closed',
    assignedTo: null,
  }),
  exchange('close-bug-unknown', 'POST /api.php/v1/bugs/99999/close', { comment: 'x' }, 200, ''),
  exchange(
    'legacy-comment-token-header',
    'POST /index.php?m=action&f=comment&objectType=bug&objectID=1&t=json',
    'comment=x',
    200,
    '<html><script></script>\n',
    FORM,
  ),
  exchange(
    'legacy-comment-token-referer',
    'POST /index.php?m=action&f=comment&objectType=bug&objectID=1&t=json',
    'comment=%E8%A1%A5',
    200,
    '<html><script></script>\n{"status":"success"}',
    FORM,
  ),
  exchange(
    'legacy-expired-token',
    'POST /index.php?m=action&f=comment&objectType=bug&objectID=1&t=json',
    'comment=x',
    200,
    located('m=user&f=login&t=json'),
    FORM,
  ),
  exchange('get-bug-after-assign-multipart', 'GET /api.php/v1/bugs/1', null, 200, detail),
  exchange('legacy-get-bug-json', 'GET /index.php?m=bug&f=view&bugID=1&t=json', null, 200, {
    status: 'success',
    data: JSON.stringify({ bug: { ...bug, assignedTo: 'dev1', mailto: '', resolvedBy: '' } }),
  }),
  exchange(
    'legacy-edit-keep-all-fields-with-files',
    'POST /index.php?m=bug&f=edit&bugID=1&t=json',
    'multipart/form-data: every field (comment,title,product,branch,module,plan,project,execution,story,task,severity,pri,type,os,browser,keywords,status,assignedTo,deadline,steps,resolvedBy,resolution,resolvedDate,resolvedBuild,closedBy,closedDate,duplicateBug,linkBug,case,testtask,feedbackBy,notifyEmail,openedBuild[]), files[]=dump.zip',
    200,
    located('m=bug&f=view&t=json&bugID=1'),
    { ...MULTIPART, Referer: 'http://127.0.0.1/' },
  ),
  exchange('get-bug-after-legacy-edit-keep', 'GET /api.php/v1/bugs/1', null, 200, {
    ...detail,
    files: { 6: file(6, '现场日志 1.log'), 7: file(7, 'dump.zip') },
  }),
  exchange(
    'create-story',
    'POST /api.php/v1/products/1/stories',
    { title: story.title, spec: story.spec, pri: 2, category: 'feature' },
    201,
    story,
  ),
  exchange(
    'create-story-missing-category',
    'POST /api.php/v1/products/1/stories',
    { title: 'x', spec: '', pri: 2 },
    400,
    { error: '『类别』不能为空。' },
  ),
  exchange('get-story', 'GET /api.php/v1/stories/1', null, 200, { ...story, actions: [opened] }),
  exchange(
    'activate-story',
    'POST /api.php/v1/stories/1/active',
    { assignedTo: 'dev1', status: 'active', comment: '不通过' },
    200,
    { ...story, status: 'closed', openedBy: 'admin', assignedTo: 'dev1' },
  ),
  exchange(
    'v2-login',
    'POST /api.php/v2/users/login',
    { account: 'admin', password: 'p' },
    500,
    '<html>Uncaught Error</html>',
    {},
  ),
];

const SECOND = { token: 'DUMMY' };

export const writtenV2: readonly Recording[] = [
  exchange(
    'login',
    'POST /users/login',
    { account: 'admin', password: 'x' },
    200,
    { status: 'success', token: 'DUMMY' },
    {},
  ),
  exchange(
    'create-bug',
    'POST /bugs',
    {
      productID: 1,
      title: '现场崩溃',
      openedBuild: ['trunk'],
      severity: 2,
      pri: 1,
      type: 'codeerror',
      steps: '<p>步骤</p>',
    },
    200,
    { status: 'success', id: 1 },
    SECOND,
  ),
  exchange(
    'get-bug',
    'GET /bugs/1',
    null,
    200,
    {
      status: 'success',
      bug: {
        id: 1,
        title: '光敏元件',
        status: 'active',
        assignedTo: 'admin',
        openedDate: '2026-08-19 17:38:05',
        lastEditedDate: '2026-08-19 17:38:06',
        deleted: 0,
        files: [],
      },
    },
    SECOND,
  ),
  exchange('close', 'PUT /bugs/1/close', { comment: 'x' }, 200, { status: 'success' }, SECOND),
  exchange(
    'activate',
    'PUT /bugs/1/activate',
    { openedBuild: ['trunk'], comment: 'x' },
    200,
    { status: 'success' },
    SECOND,
  ),
  exchange(
    'list',
    'GET /products/1/bugs?browseType=all&recPerPage=20&pageID=1',
    null,
    200,
    { status: 'success', bugs: [{ id: 1, title: '光敏元件' }], pager: { recTotal: 1, recPerPage: 20, pageID: 1 } },
    SECOND,
  ),
];
