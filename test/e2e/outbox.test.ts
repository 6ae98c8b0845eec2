// How tickets stand on pages and lists, and what waits to be sent, before anybody has signed in to the ticket system.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openOutbox } from '../../src/adapters/store/outbox';
import { openTicketLooks } from '../../src/adapters/store/ticketLooks';
import type { OutboxItem } from '../../src/domain/tickets/outbox';
import { sightingValues } from '../../src/domain/tickets/standing';
import type { TicketSnapshot } from '../../src/domain/tickets/tracker';
import { aCase, type CaseInHand, li } from '../builders';
import { Workbench } from './driver';
import { temporaryFolder, waitFor } from './editor';
import { CaseForm } from './form';

describe('tickets and the outbox', function () {
  this.timeout(120_000);
  let window: Workbench;
  let form: CaseForm;

  const url = 'https://jira.example.com';
  const snapshot: TicketSnapshot = {
    key: 'DH-2817',
    id: '12817',
    url: `${url}/browse/DH-2817`,
    title: '',
    status: 'Resolved',
    progress: 'toVerify',
    resolution: '',
    assignee: { id: '5', name: '陈昊' },
    fixVersion: '3.2.2',
    dueDate: '2027-01-15',
    comments: [
      { id: '1', by: '陈昊', at: '2026-11-20T15:40:00+08:00', text: 'Fixed in build 3.2.2-rc1; please verify.' },
    ],
    files: [],
    updatedAt: '2026-11-20T15:41:00+08:00',
  };
  const titled = (title: string) => aCase('issue', { by: li, intake: { title } });
  const seen = (item: CaseInHand, change: Partial<TicketSnapshot> = {}) => {
    const seenAt = item.events.at(-1)?.at ?? '';
    return item.act({ action: 'ticketSeen', values: sightingValues('Jira', { ...snapshot, ...change }, seenAt) });
  };
  const offered = seen(titled('R&D names a version').until('3.2'));
  const closed = seen(titled('Closed too early').until('4.2'), { status: 'Closed', progress: 'done' });
  const waits = titled('Nobody was there').until('2.2');

  before(async () => {
    const folder = temporaryFolder('casebook');
    const dataDir = temporaryFolder('window');
    const state = join(dataDir, 'data', 'User', 'globalStorage', 'casebook.casebook');
    writeFileSync(join(folder, 'casebook.json'), JSON.stringify({ version: 1 }));
    for (const item of [offered, closed, waits]) {
      const cases = join(folder, 'cases', item.id.slice(4, 8));
      mkdirSync(cases, { recursive: true });
      writeFileSync(join(cases, `${item.id}.jsonl`), item.text());
    }
    const outbox = openOutbox(join(state, 'outbox'), folder);
    const waiting: Omit<OutboxItem, 'id' | 'job'> = {
      casebook: folder,
      caseId: waits.id,
      connection: 'Jira',
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
      place: 'hub',
      title: '',
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
    const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
    const looks = openTicketLooks(join(state, 'tickets', `${name}.json`));
    await looks.note({ [offered.id]: { connection: 'Jira', at: Date.now() - 7_200_000 } });
    looks.dispose();
    window = await Workbench.open({
      dataDir,
      settings: {
        'casebook.folder': folder,
        'casebook.engineer': li,
        'casebook.trackers': [{ name: 'Jira', system: 'jira', url }],
      },
      viewport: { width: 1400, height: 1000 },
    });
    await window.openCasebook();
    form = new CaseForm(window);
  });
  after(() => window.close());

  const open = async (title: string) => {
    await window.tree('Cases').click(title);
    await window.webview().locator('h1', { hasText: title }).waitFor();
  };
  const ticket = () => window.webview().locator('[data-side="ticket"]');

  it('says that the tickets are not looked at until somebody signs in', async () => {
    await window.notification('The tickets in Jira are not looked at: sign in first.').shown();
    await open('R&D names a version');
    await ticket()
      .getByText(/Not seen since .*: sign-in needed\./)
      .waitFor();
    await ticket().getByRole('button', { name: 'Sign In' }).waitFor();
    await window.screenshot('ticket-offer');
  });

  it('fills in the plan from the ticket, and records nothing by itself', async () => {
    await ticket().getByRole('button', { name: 'Take over as the plan' }).click();
    await waitFor('the version', async () =>
      (await form.valueOf('plan', 'fixVersion')) === '3.2.2' ? true : undefined,
    );
    assert.equal(await form.valueOf('plan', 'fixDate'), '2027-01-15');
    await window.webview().locator('h2', { hasText: '3.2' }).waitFor();
  });

  it('flags a ticket that is closed but not verified, on the page and in the list', async () => {
    const flag = 'Closed in the tracker, not verified by the customer';
    await open('Closed too early');
    await ticket().locator('[data-flag="closedUnverified"]', { hasText: flag }).waitFor();
    const row = (await window.tree('Cases').rows()).find(({ text }) => text.includes('Closed too early'));
    assert.match(row?.description ?? '', /^ticket closed, not verified · /);
    await ticket().getByText('Waits to be sent: Comment on the ticket in Jira; needs you').waitFor();
    await window.screenshot('ticket-flag');
  });

  it('shows what waits, what needs a person on top, and takes it out where that is confirmed', async () => {
    const outbox = window.tree('Outbox');
    const rows = await outbox.rows();
    assert.deepEqual(
      rows.map(({ text }) => text),
      ['Comment on the ticket in Jira', 'Create the ticket in Jira'],
    );
    assert.match(rows[0]?.description ?? '', /^needs you · DH-2817 · Closed too early · since /);
    assert.match(rows[1]?.description ?? '', /^waits for a sign-in · Nobody was there · since /);
    await window.screenshot('outbox');
    await outbox.action('Comment on the ticket in Jira', 'Take Out of the Outbox…');
    await window.dialog('Take this out of the outbox? Comment on the ticket in Jira').click('Take Out');
    await waitFor('one row', async () => ((await outbox.rows()).length === 1 ? true : undefined));
    await outbox.action('Create the ticket in Jira', 'Send Now');
    await window.notification(/Not sent: Create the ticket in Jira\. Not yet possible/).shown();
    await waitFor('it needs a person', async () =>
      (await outbox.rows())[0]?.description.startsWith('needs you') ? true : undefined,
    );
    await open('Nobody was there');
    await ticket().getByText('Waits to be sent: Create the ticket in Jira; needs you').waitFor();
    await ticket().getByText('Outbox').click();
    await outbox.list.locator(':focus').or(outbox.list).first().waitFor();
    assert.deepEqual(window.consoleErrors(), []);
  });
});
