/** When tickets were last looked at, in one file of this machine: of two windows one looks, and both can say when. */
import { basename, dirname } from 'node:path';
import * as v from 'valibot';
import { StoreError } from '../../domain/ports';
import type { TicketLook, TicketLooks } from '../../domain/tickets/looks';
import { Locks } from './locks';
import { MachineFile } from './machineFile';

/** Milliseconds: whoever looks right now is not waited for. */
const PATIENCE = 50;
/** Milliseconds after which a case that nobody looked at is forgotten. */
const KEPT = 60 * 86_400_000;

const looksSchema = v.record(
  v.string(),
  v.object({
    connection: v.string(),
    at: v.number(),
    failed: v.optional(v.object({ failure: v.looseObject({ is: v.string() }), until: v.number() })),
  }),
) as unknown as v.GenericSchema<unknown, Readonly<Record<string, TicketLook>>>;

/** @param file absolute path on this machine; its folder is made when something is noted */
export function openTicketLooks(file: string): TicketLooks {
  const kept = new MachineFile(file, looksSchema, {});
  const looking = new Locks(dirname(file), () => kept.makeFolder(), PATIENCE);
  return {
    read: () => kept.read(),
    note: (looks) =>
      kept.change((before) => {
        const all = { ...before, ...looks };
        const newest = Math.max(...Object.values(all).map(({ at }) => at));
        return Object.fromEntries(Object.entries(all).filter(([id, { at }]) => id in looks || newest - at < KEPT));
      }),
    alone: async (work) => {
      // what `work` throws must not be taken for a lock that another window holds
      let isHeld = false;
      try {
        return await looking.run(`${basename(file)}.look`, async () => {
          isHeld = true;
          return work();
        });
      } catch (error) {
        if (!isHeld && error instanceof StoreError && error.reason === 'locked') return undefined;
        throw error;
      }
    },
    onDidChange: (listener) => kept.onDidChange(listener),
    dispose: () => kept.dispose(),
  };
}
