/** What systems and groups told this machine to wait for, in one file for all its windows and casebooks. */
import * as v from 'valibot';
import type { OrderedRest, OrderedRests } from '../../domain/tickets/orderedRests';
import { MachineFile } from './machineFile';

const restsSchema = v.record(v.string(), v.object({ at: v.number(), until: v.number(), url: v.string() }));

/** @param file absolute path on this machine; its folder is made when something is noted */
export function openOrderedRests(file: string): OrderedRests {
  const kept = new MachineFile<Readonly<Record<string, OrderedRest>>>(file, restsSchema, {});
  return {
    read: () => kept.read(),
    note: (queue, rest) =>
      kept.change((before) => {
        const open = Object.entries(before).filter(([, { until }]) => until > rest.at);
        return { ...Object.fromEntries(open), [queue]: rest };
      }),
    lift: (queue, by) =>
      kept.change((before) =>
        Object.fromEntries(Object.entries(before).filter(([each, { at }]) => each !== queue || at > by)),
      ),
    onDidChange: (listener) => kept.onDidChange(listener),
    dispose: () => kept.dispose(),
  };
}
