import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ZenTaoLike } from '../unit/tickets/zentao/zentaoLike';
import { temporaryFolder, waitFor } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';
import { Journey } from './journey';
import { at, sharedMemory } from './story';

const WRONG = 'wrong-password-of-support1';
const TOKEN = '9a1f5c3e-hidden-key-of-the-bot';

describe('connections', function () {
  this.timeout(120_000);
  const server = new ZenTaoLike();
  let window: Workbench;
  let site: string;
  let folder: string;

  before(async () => {
    site = await server.start();
    folder = join(temporaryFolder('connections'), 'casebook');
    mkdirSync(folder);
    const settings = {
      version: 1,
      products: [{ name: 'ERP', versions: ['8.3.1'] }],
      people: [{ name: '张开发', role: 'RD', team: 'Storage' }],
    };
    writeFileSync(join(folder, 'casebook.json'), JSON.stringify(settings));
    window = await Workbench.open({
      folder,
      settings: { 'casebook.folder': folder, 'casebook.tellLead': 'automatically' },
    });
  });
  after(async () => {
    await window.close();
    await server.stop();
  });

  /** Every file that the editor and its browser keep. */
  const holding = (text: string): string[] =>
    readdirSync(window.dataDir, { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(join(window.dataDir, 'extensions')))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) =>
        [Buffer.from(text), Buffer.from(text, 'utf16le')].some((each) => readFileSync(path).includes(each)),
      );

  it('step by step: a wrong password is said and changes nothing, the right one connects, a product is mapped', async () => {
    const { quickPick: box, page } = window;
    const asks = (placeholder: string) => box.widget.locator(`input[placeholder^="${placeholder}"]`).waitFor();
    await window.openCasebook();
    await window.runCommand('Casebook: Connections to Ticket Systems and Bots…');
    await box.choose('Connect a ticket system…');
    await asks('Which ticket system');
    await box.row('ZenTao').click();

    await asks('https://dev.example.com/zentao');
    await box.type('dev.example.com');
    await box.accept();
    await waitFor(
      'what is wrong with it',
      async () => (await box.message()).includes('not the address of a site') || undefined,
    );
    await box.type(`${site}/my.html`);
    await box.accept();
    await asks('Name of the connection');
    await box.type('禅道');
    await box.accept();
    await asks('Account');
    await box.type('support1');
    await box.accept();

    await asks('Password');
    await box.type(WRONG);
    await box.accept();
    const said = await waitFor('the refusal', async () => {
      const message = await box.message();
      return message.includes('did not accept') ? message : undefined;
    });
    assert.ok(said.includes('登录失败'), said);
    assert.equal(await box.input.inputValue(), WRONG);
    // back to the account, and forth again: everything typed is there
    await box.widget.getByRole('button', { name: 'Back' }).click();
    await asks('Account');
    assert.equal(await box.input.inputValue(), 'support1');
    await box.accept();
    await asks('Password');
    assert.equal(await box.input.inputValue(), WRONG);
    // nothing is written before it works; the browser itself may keep what stands in a box of plain text
    const isBrowsers = (path: string) => path.startsWith(join(window.dataDir, 'browser'));
    assert.deepEqual(
      holding(site).filter((path) => !isBrowsers(path)),
      [],
    );
    await box.type(ZenTaoLike.password);
    await box.accept();

    await asks('Signed in as 李售后 (support1) · ZenTao 18.10');
    await box.choose('Map products to projects there…');
    await box.choose('ERP');
    await box.row('视觉检测平台').click();
    await box.row('ERP').getByText('→ 视觉检测平台 (1)').waitFor();
    await box.choose('Done');
    await asks('Signed in as');
    await box.choose('Map R&D teams to people there…');
    await box.choose('Storage');
    await box.type('张');
    await box.choose('张开发');
    await box.row('Storage').getByText('→ 张开发 (dev1)').waitFor();
    await box.choose('Done');
    await asks('Signed in as');
    await box.choose('Done');
    await asks('Choose a connection');
    await box.row('禅道').getByText('Signed in as 李售后 (support1) · ZenTao 18.10').waitFor();

    // again by its button: the system itself is asked
    const logins = server.failedLogins;
    await box.row('禅道').getByRole('button', { name: 'Test connection' }).click();
    await window.notification('禅道 works: signed in as 李售后 (support1), ZenTao 18.10.').shown();
    assert.equal(server.failedLogins, logins);
    await page.keyboard.press('Escape');

    const written = await waitFor('the setting', () =>
      holding(`${site}"`).find((path) => path.endsWith('settings.json')),
    );
    assert.deepEqual((JSON.parse(readFileSync(written, 'utf8')) as Record<string, unknown>)['casebook.trackers'], [
      {
        name: '禅道',
        system: 'zentao',
        url: site,
        account: 'support1',
        places: { ERP: '1' },
        assignees: { Storage: 'dev1' },
      },
    ]);
    assert.deepEqual([...holding(ZenTaoLike.password), ...holding(WRONG)], []);

    // signed out, and in again by the command that cases and outbox offer
    await window.runCommand('Casebook: Sign Out of a Ticket System');
    await window.notification('禅道: signed out.').shown();
    await window.runCommand('Casebook: Sign In to a Ticket System…');
    await asks('Password');
    await box.type(ZenTaoLike.password);
    await box.accept();
    await window.notification('禅道: signed in as 李售后 (support1), ZenTao 18.10.').shown();
    assert.deepEqual(holding(ZenTaoLike.password), []);
    assert.deepEqual(window.consoleErrors(), []);
  });

  it("a group's bot: its address is kept secret, and the group hears of it on a click, or of an urgent case by itself", async () => {
    const told: string[] = [];
    const bots = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => told.push(`${request.url} ${text}`));
      request.on('end', () => response.end('{"errcode":0}'));
    }).listen(0, '127.0.0.1');
    await new Promise((done) => bots.once('listening', done));
    const { quickPick: box } = window;
    const asks = (placeholder: string) => box.widget.locator(`input[placeholder^="${placeholder}"]`).waitFor();
    await window.runCommand('Casebook: Connect a Group Bot…');
    await box.choose('WeCom');
    await asks('Which group');
    await box.type('存储组研发群');
    await box.choose('New group');
    await asks('Webhook address');
    await box.type(`http://127.0.0.1:${(bots.address() as AddressInfo).port}/send?key=${TOKEN}`);
    await box.accept();
    await asks('Mobile numbers');
    await box.type('13800001111');
    await box.accept();
    await asks('R&D lead');
    await box.type('Zhao Lei');
    await box.accept();
    await asks('Everybody in the group');
    assert.deepEqual(told, []);
    await box.choose('Send a test message to the group');
    await window.notification('存储组研发群 was told.').shown();
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /^\/send\?key=.*Test message from Casebook.*13800001111/);
    assert.ok(readFileSync(join(folder, 'casebook.json'), 'utf8').includes('存储组研发群'));

    await new Journey(window).recordIssue({ receivedAt: at(0, '00:00') });
    const form = new CaseForm(window);
    await form.fill('assess', { coreAffected: true, workaround: false });
    assert.equal(told.length, 1);
    await form.press('assess', 'save');
    await waitFor('the message about the urgent case', () => (told.length > 1 ? true : undefined));
    assert.match(told[1] ?? '', new RegExp(sharedMemory.title));
    await form.submit('assess', '2.1');
    assert.equal(told.length, 2);
    bots.close();
    assert.deepEqual(holding(TOKEN), []);
  });

  it('what is wrong in the settings is said once, when they change to it', async () => {
    const [path] = holding(`${site}"`).filter((each) => each.endsWith('settings.json'));
    assert.ok(path !== undefined);
    const settings = JSON.parse(readFileSync(path, 'utf8')) as { 'casebook.trackers': unknown[] };
    settings['casebook.trackers'].push({ name: 'Old', system: 'bugzilla', url: 'https://example.com' });
    writeFileSync(path, JSON.stringify(settings));
    await window.notification('Old: the system is not one that Casebook knows. The entry is not used.').shown();
    await window.runCommand('Casebook: Connections to Ticket Systems and Bots…');
    await window.quickPick.row('Old').getByText('Old: the system is not one').waitFor();
    await window.quickPick.row('禅道').waitFor();
    await window.screenshot('connections');
    await window.quickPick.cancel();
    assert.deepEqual(window.consoleErrors(), []);
  });
});
