import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { environmentOf, textOf } from '../../src/domain/sop/field';
import { aCase, li } from '../builders';
import { temporaryFolder, waitFor } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';

describe('environment information', function () {
  this.timeout(180_000);
  const folder = temporaryFolder('casebook');
  const inHand = aCase('issue', { by: li });
  let window: Workbench;
  let form: CaseForm;

  before(async () => {
    inHand.until('2.1');
    const year = join(folder, 'cases', inHand.id.slice(4, 8));
    mkdirSync(year, { recursive: true });
    writeFileSync(join(folder, 'casebook.json'), '{"version":1}');
    writeFileSync(join(year, `${inHand.id}.jsonl`), inHand.text());
    window = await Workbench.open({
      settings: { 'casebook.folder': folder, 'casebook.engineer': 'Ann' },
      viewport: { width: 1400, height: 1200 },
    });
    form = new CaseForm(window);
  });
  after(() => window.close());

  const field = () => form.field('reproduce', 'environment');
  const item = (key: string) => field().locator(`[data-item="${key}"] textarea`);
  const said = (text: string) => field().locator('.toolSaid', { hasText: text });
  const pressed = (does: string) => field().locator(`[data-do="${does}"]`).click();
  const clipboard = {
    read: () => window.page.evaluate(() => navigator.clipboard.readText()),
    write: (text: string) => window.page.evaluate((written) => navigator.clipboard.writeText(written), text),
  };
  const becomes = (key: string, wanted: RegExp) =>
    waitFor(`${key} ${wanted}`, async () => (wanted.test(await item(key).inputValue()) ? true : undefined));

  it('is filled by the collector from the clipboard, beside what was typed', async () => {
    await window.openCasebook();
    await window.tree('Cases').click(textOf(inHand.state.values['receive'], 'title'));
    await form.fill('reproduce', { outcome: 'notReproduced', reproduced: 0, attempts: 5 });
    await form.fill('reproduce', { environment: { cpu: 'high' } });

    await pressed('copyBash');
    await said('The collector for Linux is on the clipboard').waitFor();
    const script = await waitFor('the collector on the clipboard', async () => {
      const text = await clipboard.read();
      return text.includes('Casebook collector for Linux') ? text : undefined;
    });
    const { stdout } = spawnSync('bash', ['-s'], { input: script, encoding: 'utf8' });
    await clipboard.write(`[root@db01 ~]# bash\r\n${stdout.replaceAll('\n', '\r\n')}[root@db01 ~]# `);
    // by keyboard, from the button that was pressed last to the one after the next
    await window.page.keyboard.press('Tab');
    await window.page.keyboard.press('Tab');
    await window.page.keyboard.press('Enter');

    await said(`Filled from ${hostname()}`).waitFor();
    assert.match((await said('Filled').textContent()) ?? '', /left as they are: CPU usage\./);
    assert.equal(await item('cpu').inputValue(), 'high');
    await becomes('memory', /used \(\d+ %\)/);
    await becomes('clock', new RegExp(`^${hostname()}: \\d{4}-`));
    await window.screenshot('environment');

    await pressed('replaceFilled');
    await becomes('cpu', /^\d+ × .* % busy/);
    await pressed('undoFill');
    await said('Undone').waitFor();
    await becomes('cpu', /^high$/);
    await becomes('memory', /^$/);
  });

  it('is filled by an output that is pasted into one of its items', async () => {
    await item('memory').click();
    await window.page.keyboard.press('ControlOrMeta+V');
    await said(`Filled from ${hostname()}`).waitFor();
    await becomes('memory', /used \(\d+ %\)/);
    await becomes('os', /Linux/);
    await pressed('undoFill');
    await becomes('os', /^$/);
  });

  it('says what the clipboard lacks, and changes nothing', async () => {
    await clipboard.write('The disk is full, they say.');
    await pressed('pasteOutput');
    await said('holds no output of the collector').waitFor();
    await becomes('cpu', /^high$/);
  });

  it('is captured from this machine, marked where it cannot be had, and passes the guard', async () => {
    await pressed('captureMachine');
    await said(`Filled from ${hostname()}`).waitFor();
    await becomes('processes', / [KMGT]B/);
    await form.fill('reproduce', {
      environment: {
        logs: { cannot: 'The log had rolled over' },
        operations: 'Two users started the report',
        times: 'Yesterday 09:10',
        users: 'root',
      },
    });
    await form.submit('reproduce', '2.2');
    assert.match(
      await form.valueOf('createTicket', 'sent'),
      /\nOperating system: .*\nBusiest processes: .*\nServer clock: /,
    );
    const log = readFileSync(join(folder, 'cases', inHand.id.slice(4, 8), `${inHand.id}.jsonl`), 'utf8');
    const last = JSON.parse(log.trimEnd().split('\n').at(-1) ?? '') as { data: { values: Record<string, never> } };
    const kept = environmentOf(last.data.values);
    assert.deepEqual(kept.logs, { cannot: 'The log had rolled over' });
    assert.match(kept.memory?.value ?? '', /used/);
  });
});
