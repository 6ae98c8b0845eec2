import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ZenTaoLike } from '../unit/tickets/zentao/zentaoLike';
import { temporaryFolder, waitFor } from './editor';
import { Workbench } from './driver';

const WRONG = 'wrong-password-of-support1';

describe('connecting a ticket system', function () {
  this.timeout(120_000);
  const server = new ZenTaoLike();
  let window: Workbench;
  let site: string;

  before(async () => {
    site = await server.start();
    const folder = join(temporaryFolder('connections'), 'casebook');
    mkdirSync(folder);
    const settings = { version: 1, products: [{ name: 'ERP', versions: ['8.3.1'] }], people: [] };
    writeFileSync(join(folder, 'casebook.json'), JSON.stringify(settings));
    window = await Workbench.open({ folder, settings: { 'casebook.folder': folder } });
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
    assert.deepEqual(holding(site), []);
    await box.type(ZenTaoLike.password);
    await box.accept();

    await asks('Signed in as 李售后 (support1) · ZenTao 18.10');
    await box.choose('Map products to projects there…');
    await box.choose('ERP');
    await box.row('视觉检测平台').click();
    await box.row('ERP').getByText('→ 视觉检测平台 (1)').waitFor();
    await box.choose('Done');
    await asks('Signed in as');
    await box.choose('Done');
    await asks('Choose a connection');
    await box.row('禅道').getByText('Signed in as 李售后 (support1) · ZenTao 18.10').waitFor();
    await window.screenshot('connections');

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
      { name: '禅道', system: 'zentao', url: site, account: 'support1', places: { ERP: '1' } },
    ]);
    assert.deepEqual([...holding(ZenTaoLike.password), ...holding(WRONG)], []);
    assert.deepEqual(window.consoleErrors(), []);
  });
});
