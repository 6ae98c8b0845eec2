/** Every ticket system that Casebook knows: one file and one entry each. */
import type { Tracker, TrackerConnection, TrackerSystem } from '../../domain/tickets/tracker';
import { TrackerError } from '../../domain/tickets/tracker';
import { RedmineTracker } from './redmine';

/** @param now milliseconds since the epoch */
export type MakeTracker = (connection: TrackerConnection, secret: string, now: () => number) => Tracker;

const makers: Readonly<Partial<Record<TrackerSystem, MakeTracker>>> = {
  redmine: (connection, secret, now) => new RedmineTracker(connection, secret, now),
};

/** @throws TrackerError 'unsupported' */
export const makeTracker: MakeTracker = (connection, secret, now) => {
  const make = makers[connection.system];
  if (!make) throw new TrackerError('unsupported', connection.system);
  return make(connection, secret, now);
};
