// A ticket is made from the form though its system wants a sign-in, refuses a field, and dies once it took it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../../src/domain/sop/field';
import { aCase, li } from '../builders';
import type { Asked } from '../unit/tickets/zentao/localServer';
import { ZenTaoLike } from '../unit/tickets/zentao/zentaoLike';
import { Workbench } from './driver';
import { temporaryFolder } from './editor';
import { CaseForm } from './form';

const words = {
  signIn: 'Sign in to 禅道…',
  preview: 'Preview the ticket',
  previewed: 'Preview',
  create: 'Create ticket',
  sendNow: 'Send now',
};

describe('a ticket from the form when things go wrong', function () {
  this.timeout(180_000);
  const server = new ZenTaoLike();
  const inHand = aCase('issue', { by: li }).until('2.2');
  const folder = temporaryFolder('casebook');
  let window: Workbench;

  before(async () => {
    const url = await server.start();
    const log = new TextEncoder().encode('ERROR: could not resize shared memory segment\n');
    const sha256 = createHash('sha256').update(log).digest('hex');
    inHand.act({ action: 'attach', values: { name: 'pg.log', size: log.length, sha256 } });
    const year = join(folder, 'cases', inHand.id.slice(4, 8));
    mkdirSync(year, { recursive: true });
    mkdirSync(join(folder, 'attachments', inHand.id), { recursive: true });
    writeFileSync(join(folder, 'attachments', inHand.id, 'pg.log'), log);
    writeFileSync(join(folder, 'casebook.json'), '{"version":1,"teams":["storage"]}');
    writeFileSync(join(year, `${inHand.id}.jsonl`), inHand.text());
    const zentao = { name: '禅道', system: 'zentao', url, account: 'support1', places: { DataHub: '1' } };
    const settings = {
      'casebook.folder': folder,
      'casebook.engineer': 'Li Wei',
      'casebook.trackers': [zentao],
    };
    window = await Workbench.open({ settings, viewport: { width: 1400, height: 1000 } });
  });
  after(async () => {
    await window.close();
    await server.stop();
  });

  it('is kept over a reload, refused at the field, and created once by a server that died', async () => {
    await window.openCasebook();
    await window.tree('Cases').click(textOf(inHand.state.values['receive'], 'title'));
    const form = new CaseForm(window);
    await form.frameReady();
    const create = form.form('createTicket');
    const signIn = async () => {
      await create.getByRole('button', { name: words.signIn }).click();
      await window.inputBox.type(ZenTaoLike.password);
      await window.inputBox.accept();
    };
    await signIn();
    await form.fill('createTicket', { 'ticket:pri': '2' });

    // what was chosen is there again after the window is; the secret is not, in a browser
    await window.reload();
    await form.frameReady();
    await signIn();
    const chosen = form.field('createTicket', 'ticket:pri').locator('vscode-radio[data-value="2"]');
    await chosen.and(window.webview().locator('[aria-checked="true"]')).waitFor();

    // the system says what is wrong at the field that it names
    const isCreate = ({ method, path }: Asked) => method === 'POST' && path.endsWith('/bugs');
    server.instead = (asked) =>
      isCreate(asked) ? { status: 400, body: '{"error":{"severity":["『严重程度』应当是数字。"]}}' } : undefined;
    await create.getByRole('button', { name: words.preview }).click();
    const preview = create.getByRole('region', { name: words.previewed });
    await preview.getByText('POST /api.php/v1/products/1/bugs').waitFor();
    assert.equal(server.sent('POST', /bugs$/).length, 0);
    await preview.getByRole('button', { name: words.create }).click();
    await form.field('createTicket', 'ticket:severity').getByText('『严重程度』应当是数字。').waitFor();

    // the server takes it and dies: it waits, and is found there
    server.instead = () => undefined;
    server.diesAfter = (asked) => {
      if (isCreate(asked)) void server.stop();
      return isCreate(asked);
    };
    await form.fill('createTicket', { 'ticket:severity': '1' });
    await create.getByRole('button', { name: words.preview }).click();
    await preview.getByRole('button', { name: words.create }).click();
    const sendNow = create.getByRole('button', { name: words.sendNow });
    await sendNow.waitFor();
    server.diesAfter = () => false;
    await server.start();
    await sendNow.click();
    await form.form('route').waitFor();
    assert.deepEqual(
      server.kept.map(({ pri, severity, files }) => [pri, severity, files.length]),
      [[2, 1, 1]],
    );
    // the editor in a browser has no place for its secrets, and says so
    const errors = window.consoleErrors().filter((error) => !/405|getServerKeyPart/.test(error));
    assert.deepEqual(errors, []);
  });
});
