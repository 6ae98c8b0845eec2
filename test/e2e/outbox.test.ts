// How tickets stand on pages and in lists, what a round of looking brings, and what waits to be sent.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openOutbox } from '../../src/adapters/store/outbox';
import type { OutboxItem } from '../../src/domain/tickets/outbox';
import { sightingValues } from '../../src/domain/tickets/standing';
import { aCase, type CaseInHand, li } from '../builders';
import { RedmineLike } from '../unit/tickets/redmineLike';
import { Workbench } from './driver';
import { temporaryFolder, waitFor } from './editor';
import { CaseForm } from './form';

describe('tickets and the outbox', function () {
  this.timeout(120_000);
  const server = new RedmineLike();
  let url: string;
  let window: Workbench;
  let form: CaseForm;

  const titled = (title: string) => aCase('issue', { by: li, intake: { title } });
  const offered = titled('R&D names a version').until('3.2');
  const closed = titled('Closed too early').until('4.2');
  const waits = titled('Nobody was there').until('2.2');

  /** With a ticket of this key, which was new when it was last looked at. */
  const logOf = (item: CaseInHand, key: string): string => {
    const snapshot = { key, id: key, url: '', title: '', status: 'New', progress: 'open', resolution: '' } as const;
    const rest = { fixVersion: '', dueDate: '', comments: [], files: [], updatedAt: '' };
    const seenAt = item.events.at(-1)?.at ?? '';
    const seen = { action: 'ticketSeen', values: sightingValues('Jira', { ...snapshot, ...rest }, seenAt) };
    const withKey = { ...seen, values: { ...seen.values, ticketKey: item.state.ticket?.key ?? '' } };
    const log = item.act(withKey).text();
    return log
      .replaceAll('https://jira.example.com/browse/DH-2817', `${url}/issues/${key}`)
      .replaceAll('"DH-2817"', JSON.stringify(key))
      .replaceAll('"Jira"', '"Redmine"');
  };

  before(async () => {
    url = await server.start();
    const issue = { description: '', assigned_to_id: 5, attachments: [], journals: [] };
    server.issues.push(
      { ...issue, id: 1, subject: 'a', status: 3, fixed_version_id: 1, due_date: '2027-01-15' },
      { ...issue, id: 2, subject: 'b', status: 5, journals: [{ id: 1, notes: 'Fixed in build V3.2.2-rc1.' }] },
    );
    const folder = temporaryFolder('casebook');
    const dataDir = temporaryFolder('window');
    const state = join(dataDir, 'data', 'User', 'globalStorage', 'casebook.casebook');
    writeFileSync(join(folder, 'casebook.json'), JSON.stringify({ version: 1 }));
    for (const [item, text] of [
      [offered, logOf(offered, '1')],
      [closed, logOf(closed, '2')],
      [waits, waits.text()],
    ] as const) {
      const cases = join(folder, 'cases', item.id.slice(4, 8));
      mkdirSync(cases, { recursive: true });
      writeFileSync(join(cases, `${item.id}.jsonl`), text);
    }
    const outbox = openOutbox(join(state, 'outbox'), folder);
    const waiting: Omit<OutboxItem, 'id' | 'job'> = {
      casebook: folder,
      caseId: waits.id,
      connection: 'Redmine',
      madeAt: new Date(Date.now() - 600_000).toISOString(),
      state: 'waiting',
      attempts: 3,
      nextAt: Date.now() + 3_600_000,
      failure: { is: 'tracker', reason: 'offline', said: '' },
      isUncertain: false,
    };
    const ticket = {
      caseId: waits.id,
      kind: 'issue',
      place: 'vision',
      title: 'c',
      text: '',
      fields: {},
      files: [],
    } as const;
    const act = { action: 'createTicket', values: {} };
    await outbox.add({ ...waiting, id: '01JD9Z0000000000000000000A', job: { is: 'create', ticket, act } });
    await outbox.add({
      ...waiting,
      id: '01JD9Z0000000000000000000B',
      caseId: closed.id,
      state: 'needsPerson',
      job: { is: 'comment', text: 'Please keep it open' },
      failure: { is: 'tracker', reason: 'forbidden', said: 'No right to comment' },
    });
    outbox.dispose();
    window = await Workbench.open({
      dataDir,
      settings: {
        'casebook.folder': folder,
        'casebook.engineer': li,
        'casebook.trackers': [{ name: 'Redmine', system: 'redmine', url }],
      },
      viewport: { width: 1400, height: 1000 },
    });
    await window.openCasebook();
    form = new CaseForm(window);
  });
  after(async () => {
    await window.close();
    server.stop();
  });

  const open = async (title: string) => {
    await window.tree('Cases').click(title);
    await window.webview().locator('h1', { hasText: title }).waitFor();
  };
  const ticket = () => window.webview().locator('[data-side="ticket"]');
  const outbox = () => window.tree('Outbox');

  it('asks for a sign-in, then tells in one message what has changed', async () => {
    await window.notification('The tickets in Redmine are not looked at: sign in first.').shown();
    await open('R&D names a version');
    await ticket()
      .getByText(/Not seen since .*: sign-in needed\./)
      .waitFor();
    await window.screenshot('ticket-sign-in');
    await ticket().getByRole('button', { name: 'Sign in' }).click();
    await window.inputBox.type(RedmineLike.key);
    await window.inputBox.accept();
    const digest = window.notification(/2 tickets changed: #2, #1\. .*not verified by the customer: #2\. .*: #1\./);
    await digest.shown();
    await window.screenshot('ticket-digest');
    await digest.click('Show Them');
    await waitFor('two tickets', async () => ((await window.quickPick.labels()).length === 2 ? true : undefined));
    await window.screenshot('ticket-digest-list');
    await window.quickPick.choose(/#1/);
    await ticket()
      .getByText(/^Looked at /)
      .waitFor();
    await window.screenshot('ticket-offer');
  });

  it('fills in the plan from the ticket, and records nothing by itself', async () => {
    await ticket().getByRole('button', { name: 'Take over as the plan' }).click();
    await waitFor('the version', async () =>
      (await form.valueOf('plan', 'fixVersion')) === 'V3.2.2' ? true : undefined,
    );
    assert.equal(await form.valueOf('plan', 'fixDate'), '2027-01-15');
    // it is in the form now: nothing is left to take over
    await ticket().getByRole('button', { name: 'Take over as the plan' }).waitFor({ state: 'detached' });
    await window.webview().locator('h2', { hasText: '3.2' }).waitFor();
  });

  it('flags a ticket that is closed but not verified, on the page and in the list', async () => {
    await open('Closed too early');
    const flag = 'Closed in the tracker, not verified by the customer';
    await ticket().locator('[data-flag="closedUnverified"]', { hasText: flag }).waitFor();
    const row = (await window.tree('Cases').rows()).find(({ text }) => text.includes('Closed too early'));
    assert.match(row?.description ?? '', /^ticket closed, not verified · /);
    await ticket().getByText('Waits to be sent: Comment on the ticket in Redmine; needs you').waitFor();
    server.issues[1]?.journals.push({ id: 2, notes: 'own word' });
    const before = server.asked.length;
    await ticket().getByRole('button', { name: 'Look at it now' }).click();
    await waitFor('a look', () => (server.asked.length > before ? true : undefined));
    await window.screenshot('ticket-flag');
  });

  it('shows what waits, what needs a person on top, and takes it out where that is confirmed', async () => {
    const [first, second] = await outbox().rows();
    assert.match(
      `${first?.text}: ${first?.description}`,
      /^needs you · Comment on .* Redmine: #2 · Closed too early · since /,
    );
    assert.match(
      `${second?.text}: ${second?.description}`,
      /^Create .* Redmine: tries again .* · Nobody was there · since /,
    );
    await outbox().action(/Comment on the ticket in Redmine/, 'Take Out of the Outbox…');
    await window.dialog('Take this out of the outbox? Comment on the ticket in Redmine').click('Take Out');
    await waitFor('one row', async () => ((await outbox().rows()).length === 1 ? true : undefined));
    await outbox().action('Create the ticket in Redmine', 'Send Now');
    await window.notification(/Not sent: Create the ticket in Redmine\. Not yet possible/).shown();
    await waitFor('it needs a person', async () =>
      (await outbox().rows())[0]?.text.startsWith('needs you') ? true : undefined,
    );
    await window.screenshot('ticket-outbox');
    await open('Nobody was there');
    await ticket().getByText('Waits to be sent: Create the ticket in Redmine; needs you').waitFor();
    assert.deepEqual(window.consoleErrors(), []);
  });

  it('says until when the system asked to be left alone', async () => {
    await open('Closed too early');
    server.instead = () => ({ status: 429, headers: { 'Retry-After': '900' } });
    await ticket().getByRole('button', { name: 'Look at it now' }).click();
    await ticket()
      .getByText(/the ticket system asked to be left alone until (?:\w{3} \d+, )?\d\d:\d\d\./)
      .waitFor();
    await window.screenshot('ticket-held');
  });
});
