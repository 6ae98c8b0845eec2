import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './editor';
import { Workbench } from './driver';
import { CaseForm } from './form';
import { at, daysAhead } from './story';

const request = {
  title: 'Export of the stock list as CSV that Excel opens with Chinese names intact',
  content: 'An option "UTF-8 with BOM" in the export dialog of the stock list, kept for each user.',
  background: 'The warehouse sends the list to eleven suppliers every Monday; all open it in Excel by double click.',
  value: 'Saves the re-encoding by hand, about two hours a week, and the wrong names on labels.',
  goal: 'A double click shows every name right.',
  customer: '华东精密仪器',
  contact: '王敏',
  channel: 'WeCom',
  product: 'ERP',
  version: '3.2.1',
  receivedAt: at(1, '10:00'),
};

describe('a request in a real window', function () {
  this.timeout(240_000);
  let window: Workbench | undefined;
  afterEach(() => window?.close());

  /** Steps 1.1 to 3.1. */
  async function submitted(pictures?: string) {
    const casebook = temporaryFolder('casebook');
    window = await Workbench.open({
      settings: { 'casebook.folder': casebook },
      viewport: { width: 1400, height: 1000 },
    });
    const opened = window;
    const form = new CaseForm(opened);
    const picture = async (name: string) => {
      if (pictures !== undefined) await opened.screenshot(`${pictures}-${name}`);
    };
    await opened.openCasebook();
    await opened.runCommand('Casebook: Record a Request');
    await form.fill('record', request);
    await picture('1.1');
    await form.submit('record', '1.2');
    await form.fill('submit', { system: 'Jira', ticketKey: 'ERP-77', manager: 'Sun Qi' });
    await picture('1.2');
    await form.submit('submit', '2.1');
    await form.fill('firstReply', { channel: 'WeCom' });
    await picture('2.1');
    await form.submit('firstReply', '2.2');
    await form.fill('talk', { content: 'Went through the dialog and the eleven suppliers with Sun Qi' });
    await form.press('talk');
    await opened.webview().locator('[data-log]', { hasText: 'eleven suppliers' }).waitFor();
    await form.fill('align', { restatement: 'The export writes a BOM when the user chose so', understood: true });
    await picture('2.2');
    await form.submit('align', '3.1');
    return { window: opened, form, picture, casebook };
  }

  function typesOf(casebook: string): string[] {
    const year = join(casebook, 'cases', readdirSync(join(casebook, 'cases'))[0] ?? '');
    const lines = readFileSync(join(year, readdirSync(year)[0] ?? ''), 'utf8')
      .trim()
      .split('\n');
    return lines.map((line) => (JSON.parse(line) as { type: string }).type);
  }

  it('(d) goes to "released": every change of status is told before it goes on', async () => {
    const { window: opened, form, picture, casebook } = await submitted('request');
    await form.fill('check', { status: 'scheduled' });
    await form.fill('check', { version: '3.3.0', nextAt: { on: daysAhead(7), at: '10:00' } });
    await picture('3.1');
    await form.submit('check', '3.2');
    await form.fill('sync', { channel: 'WeCom' });
    await picture('3.2');
    await form.submit('sync', '3.1');
    await form.fill('check', { status: 'released' });
    await form.fill('check', { version: '3.3.0' });
    await form.submit('check', '3.2');
    await form.fill('sync', { channel: 'WeCom' });
    await form.submit('sync', '4.1');
    await form.fill('close', { releasedOn: daysAhead(0), ticketStatus: 'Done' });
    await picture('4.1');
    await form.press('close');
    await form.ended();
    await picture('closed');
    assert.deepEqual(typesOf(casebook), [
      'open',
      'record',
      'submit',
      'firstReply',
      'talk',
      'align',
      'check',
      'sync',
      'check',
      'sync',
      'close',
    ]);
    assert.deepEqual(opened.consoleErrors(), []);
  });

  it('(d) goes to "not adopted" with the reason told', async () => {
    const { window: opened, form, casebook } = await submitted();
    await form.fill('check', { status: 'notAdopted' });
    await form.fill('check', { reason: 'The new web export of 3.4 makes it unnecessary', final: true });
    await form.submit('check', '3.2');
    await form.fill('sync', { channel: 'WeCom', reaction: 'Understood, waits for 3.4' });
    await form.submit('sync', '4.1');
    await form.fill('close', { ticketStatus: "Won't do" });
    await form.press('close');
    await form.ended();
    assert.deepEqual(typesOf(casebook).slice(-3), ['check', 'sync', 'close']);
    assert.deepEqual(opened.consoleErrors(), []);
  });
});
