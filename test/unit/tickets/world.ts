/** A casebook with a ticket desk over a real folder, a real outbox and a server that behaves as Redmine. */
import { join } from 'node:path';
import { openBots } from '../../../src/adapters/notify/connectedBots';
import { openAttachments } from '../../../src/adapters/store/attachments';
import { openCaseStore } from '../../../src/adapters/store/caseStore';
import { openOrderedRests } from '../../../src/adapters/store/orderedRests';
import { openOutbox } from '../../../src/adapters/store/outbox';
import { openSettingsFile } from '../../../src/adapters/store/settingsFile';
import { openTicketLooks } from '../../../src/adapters/store/ticketLooks';
import { openTrackers } from '../../../src/adapters/tickets/connectedTrackers';
import type { RandomBytes } from '../../../src/domain/case/ids';
import { Desk } from '../../../src/domain/desk';
import type { Clock } from '../../../src/domain/ports';
import type { Secrets } from '../../../src/domain/tickets/connections';
import { TicketDesk } from '../../../src/domain/tickets/ticketDesk';

export interface WorldOptions {
  /** Absolute path of a casebook. */
  readonly folder: string;
  /** Absolute path of this machine's outbox. */
  readonly outbox: string;
  /** Absolute path of this window's index. */
  readonly indexFile: string;
  readonly trackers: unknown;
  readonly bots?: unknown;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

/** One window's work on it. */
export async function openWorld(options: WorldOptions) {
  const { folder, secrets, clock, random } = options;
  const settings = await openSettingsFile({ folder });
  const store = openCaseStore({ folder, indexFile: options.indexFile, version: '1', clock, random, settings });
  const desk = new Desk(store, settings, clock, async () => 'Li Wei <li.wei@example.com>');
  const attachments = openAttachments(folder);
  const outbox = openOutbox(options.outbox, folder);
  const trackers = openTrackers({ setting: () => options.trackers, secrets, clock });
  const bots = openBots({ setting: () => options.bots, secrets, clock });
  const looks = openTicketLooks(join(options.outbox, '..', 'looks', 'tickets.json'));
  const orderedRests = openOrderedRests(join(options.outbox, '..', 'looks', 'rests.json'));
  const tickets = new TicketDesk({
    store,
    desk,
    attachments,
    clock,
    outbox,
    trackers,
    bots,
    looks,
    orderedRests,
    random,
  });
  return {
    store,
    desk,
    settings,
    attachments,
    outbox,
    looks,
    trackers,
    bots,
    tickets,
    dispose: () => {
      outbox.dispose();
      looks.dispose();
      orderedRests.dispose();
      store.dispose();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
