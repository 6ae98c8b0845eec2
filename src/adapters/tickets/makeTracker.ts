/** Every ticket system that Casebook knows: one file, or folder, and one entry each. */
import type { Tracker, TrackerConnection, TrackerSystem } from '../../domain/tickets/tracker';
import { JiraTracker } from './jira/jira';
import { RedmineTracker } from './redmine';
import { ZenTaoTracker } from './zentao/tracker';

/** @param now milliseconds since the epoch */
type MakeTracker = (connection: TrackerConnection, secret: string, now: () => number) => Tracker;

const makers: Readonly<Record<TrackerSystem, MakeTracker>> = {
  jira: (connection, secret, now) => new JiraTracker(connection, secret, now),
  redmine: (connection, secret, now) => new RedmineTracker(connection, secret, now),
  zentao: (connection, secret, now) => new ZenTaoTracker(connection, secret, now),
};

export const makeTracker: MakeTracker = (connection, secret, now) => makers[connection.system](connection, secret, now);
