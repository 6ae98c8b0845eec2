import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locator } from 'playwright-core';
import { textOf } from '../../src/domain/sop/field';
import { aCase, li } from '../builders';
import { temporaryFolder, waitFor } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';

const PASSWORD = 'Sup3r-S3cret-9x';
const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

describe('evidence', function () {
  this.timeout(180_000);
  let window: Workbench;
  after(() => window.close());

  const inHand = aCase('issue', { by: li });
  const folder = temporaryFolder('casebook');
  const home = join(folder, 'attachments', inHand.id);
  const stored = () => (existsSync(home) ? readdirSync(home) : []);

  before(async () => {
    inHand.until('2.1');
    const year = join(folder, 'cases', inHand.id.slice(4, 8));
    mkdirSync(year, { recursive: true });
    writeFileSync(join(folder, 'casebook.json'), '{"version":1,"attachmentLimitMb":6}');
    writeFileSync(join(year, `${inHand.id}.jsonl`), inHand.text());
    const settings = { 'casebook.folder': folder, 'casebook.engineer': 'Ann' };
    window = await Workbench.open({ settings, viewport: { width: 1400, height: 1000 } });
  });

  const file = (name: string) => window.webview().locator(`[data-file="${name}"]`);
  const arrival = (name: string) => window.webview().locator(`[data-arrival="${name}"]`);

  /** Drops a log of that many bytes; the editor leaves a drag to the page while Shift is held. */
  async function dropLog(target: Locator, name: string, size: number): Promise<void> {
    await target.evaluate(
      (element, [called, length, password, token]) => {
        const line = '2026-11-22 10:00:00 INFO request served in 12 ms\n';
        const secrets = `DEBUG datasource password=${password}\nDEBUG Authorization: Bearer ${token}\n`;
        const text = secrets + line.repeat(Math.ceil(length / line.length)).slice(0, length - secrets.length);
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], called, { type: 'text/plain' }));
        const drag = { dataTransfer, bubbles: true, cancelable: true, shiftKey: true };
        for (const type of ['dragover', 'drop']) element.dispatchEvent(new DragEvent(type, drag));
      },
      [name, size, PASSWORD, TOKEN] as const,
    );
  }

  it('is pasted, dropped, masked, listed and opened', async () => {
    await window.openCasebook();
    await window.tree('Cases').click(textOf(inHand.state.values['receive'], 'title'));
    const form = new CaseForm(window);
    await form.frameReady();
    const page = window.webview();

    // a screenshot on the clipboard, pasted anywhere on the page
    await page.locator('body').evaluate(async (body) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1600, height: 900 });
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.fillStyle = '#1f3a4d';
      pen.fillRect(0, 0, 1600, 900);
      pen.fillStyle = '#ffffff';
      pen.font = '64px sans-serif';
      pen.fillText('500 Internal Server Error', 80, 160);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      if (!blob) throw new Error('no picture');
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([blob], 'image.png', { type: 'image/png' }));
      body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    const picture = page.locator('[data-file^="screenshot "] img');
    await picture.waitFor();
    await waitFor('the preview', () =>
      picture.evaluate((image: HTMLImageElement) => image.naturalWidth === 1600 || undefined),
    );

    // a large log with secrets, dropped into the evidence field
    const evidence = page.locator('[data-field="evidence"] [data-files]');
    await dropLog(evidence, 'app.log', 5_000_000);
    const question = arrival('app.log').filter({ hasText: 'secrets' });
    await question.waitFor();
    const said = (await question.textContent()) ?? '';
    assert.match(said, /holds what looks like secrets: 2 \(password, token\)/);
    assert.ok(!said.includes(PASSWORD) && !said.includes(TOKEN), said);
    await window.screenshot('evidence-secrets');
    assert.equal(stored().length, 1, 'nothing is stored before it is decided');
    await question.locator('[data-do="file-mask"]').click();
    await file('app.log').filter({ hasText: 'Secrets masked: 2' }).waitFor();
    const log = readFileSync(join(home, 'app.log'), 'utf8');
    assert.ok(log.startsWith('DEBUG datasource password=<password>\nDEBUG Authorization: Bearer <token>\n2026'));
    assert.ok(!log.includes(PASSWORD) && !log.includes(TOKEN));
    assert.ok(log.endsWith('INFO request served in 12 ms\n') || log.length > 4_900_000);
    assert.equal(await evidence.locator('ol textarea').first().inputValue(), 'app.log');

    // one that is too large is refused before it is read
    await dropLog(page.locator('body'), 'huge.log', 7_000_000);
    await arrival('huge.log').filter({ hasText: 'huge.log is larger than 6 MB and was not added.' }).waitFor();
    await arrival('huge.log').locator('[data-do="file-cancel"]').click();

    // files dragged out of the editor's explorer come as addresses
    const dragged = join(temporaryFolder('elsewhere'), '线程 dump.txt');
    writeFileSync(dragged, '"main" prio=5');
    await page.locator('body').evaluate((body, uri) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('application/vnd.code.uri-list', uri);
      body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true, shiftKey: true }));
    }, pathToFileURL(dragged).href);
    await file('线程 dump.txt').waitFor();

    // what is pasted into a text field is looked at too
    await form.field('reproduce', 'actual').locator('textarea').click();
    await window.page.evaluate((text) => navigator.clipboard.writeText(text), `login failed, password=${PASSWORD}`);
    await window.page.keyboard.press('ControlOrMeta+V');
    const line = form.field('reproduce', 'actual').locator('[data-secrets]:visible');
    await line.locator('[data-do="mask"]').click();
    await waitFor('the masked text', async () =>
      (await form.valueOf('reproduce', 'actual')) === 'login failed, password=<password>' ? true : undefined,
    );

    // removed with a reason, by the keyboard
    await file('线程 dump.txt').locator('[data-do="removeFile"]').click();
    await window.page.keyboard.type('of another customer');
    await window.page.keyboard.press('Enter');
    await file('线程 dump.txt').waitFor({ state: 'detached' });
    assert.deepEqual(stored().toSorted().slice(0, 1), ['app.log']);
    assert.equal(stored().length, 2);

    // what a crash left without its event
    writeFileSync(join(home, 'left.log'), 'left');
    await window.reload();
    await file('app.log').waitFor();
    await file('left.log').locator('[data-do="recordFile"]').click();
    await file('left.log').and(window.webview().locator('[data-standing="stored"]')).waitFor();
    await picture.waitFor();
    assert.equal(await file('huge.log').count(), 0);
    await window.screenshot('evidence');
    await file('app.log').locator('[data-do="openFile"]').click();
    await window.tab(/app\.log/).waitFor();
    assert.deepEqual(window.consoleErrors(), []);
  });
});
