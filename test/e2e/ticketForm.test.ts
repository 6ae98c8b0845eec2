// A ticket is made from the form in a system that behaves as ZenTao: signed in to on the way, previewed, created, assigned.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../../src/domain/sop/field';
import { aCase, li } from '../builders';
import { ZenTaoLike } from '../unit/tickets/zentao/zentaoLike';
import { Workbench } from './driver';
import { temporaryFolder } from './editor';
import { CaseForm } from './form';

describe('the ticket from the form', function () {
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
      'casebook.trackers': [{ ...zentao, assignees: { storage: 'dev1' } }],
    };
    window = await Workbench.open({ settings, viewport: { width: 1400, height: 1000 } });
  });
  after(async () => {
    await window.close();
    await server.stop();
  });

  it('is previewed, created and assigned', async () => {
    await window.openCasebook();
    await window.tree('Cases').click(textOf(inHand.state.values['receive'], 'title'));
    const form = new CaseForm(window);
    await form.frameReady();
    const create = form.form('createTicket');
    const signIn = create.getByRole('button', { name: 'Sign in to 禅道…' });
    await signIn.waitFor();
    await window.screenshot('ticket-sign-in');
    await signIn.click();
    await window.inputBox.type(ZenTaoLike.password);
    await window.inputBox.accept();
    await create.locator('[data-field="ticket:severity"]').waitFor();
    await form.fill('createTicket', { 'ticket:pri': '2' });
    await window.screenshot('ticket-form');
    await create.getByRole('button', { name: 'Preview the ticket' }).click();
    const preview = create.getByRole('region', { name: 'Preview' });
    await preview.getByText('POST /api.php/v1/products/1/bugs').waitFor();
    assert.equal(server.kept.length, 0);
    await window.screenshot('ticket-preview');
    await preview.getByRole('button', { name: 'Create ticket' }).click();
    const route = form.form('route');
    await route.waitFor();
    assert.deepEqual([server.kept.length, server.kept[0]?.pri, server.kept[0]?.files.length], [1, 2, 1]);
    await form.fill('route', { team: 'storage', comment: 'Please have a look' });
    await window.screenshot('ticket-assign');
    await route.getByRole('button', { name: 'Assign in 禅道' }).click();
    await form.form('followUp').waitFor();
    assert.equal(server.kept[0]?.assignedTo, 'dev1');
    await window.screenshot('ticket-after');
    // the editor in a browser has no place for its secrets, and says so
    const errors = window.consoleErrors().filter((error) => !/405|getServerKeyPart/.test(error));
    assert.deepEqual(errors, []);
  });
});
