/** The ticket systems of the settings, each opened once with the secret that is kept for it. */
import * as v from 'valibot';
import type { Clock } from '../../domain/ports';
import { readTrackers, type Secrets, type Trackers } from '../../domain/tickets/connections';
import { trackerQueue } from '../../domain/tickets/queue';
import { type Tracker, type TrackerConnection, TrackerError } from '../../domain/tickets/tracker';
import { makeTracker } from './makeTracker';

export interface TrackersOptions {
  /** The setting as it stands now. */
  readonly setting: () => unknown;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** A secret is kept together with the site that it is for: another site under the same name is not sent it. */
const keptSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    url: v.string(),
    secret: v.string(),
    identity: v.object({ account: v.string(), displayName: v.string(), version: v.string() }),
  }),
);
type Kept = v.InferOutput<typeof keptSchema>;

export function openTrackers({ setting, secrets, clock }: TrackersOptions): Trackers {
  /** A system may hold a session: while nothing has changed there is one of each. */
  const opened = new Map<string, { readonly of: string; readonly tracker: Tracker }>();
  const now = () => clock.now();
  const read = () => readTrackers(setting(), clock.offsetAt(clock.now()));
  const connection = (name: string): TrackerConnection => {
    const found = read().connections.find((each) => each.name === name);
    if (!found) throw new TrackerError('not-found', name);
    return found;
  };

  const keptFor = async ({ name, url }: TrackerConnection): Promise<Kept | undefined> => {
    const parsed = v.safeParse(keptSchema, await secrets.read(trackerQueue(name)));
    return parsed.success && parsed.output.url === url ? parsed.output : undefined;
  };

  return {
    connections: () => read().connections,
    problems: () => read().problems,
    open: async (name) => {
      const known = connection(name);
      const kept = await keptFor(known);
      if (kept === undefined) throw new TrackerError('sign-in', '');
      const { secret } = kept;
      const of = JSON.stringify([known, secret]);
      const before = opened.get(name);
      if (before?.of === of) return before.tracker;
      const tracker = makeTracker(known, secret, now);
      opened.set(name, { of, tracker });
      return tracker;
    },
    signIn: async (at, secret, signal) => {
      const known = typeof at === 'string' ? connection(at) : at;
      const identity = await makeTracker(known, secret, now).test(signal);
      const kept: Kept = { url: known.url, secret, identity };
      await secrets.write(trackerQueue(known.name), JSON.stringify(kept));
      // the one before may remember that it was refused
      opened.delete(known.name);
      return identity;
    },
    signedIn: async (name) => (await keptFor(connection(name)))?.identity,
    signOut: async (name) => {
      opened.delete(name);
      await secrets.remove(trackerQueue(name));
    },
  };
}
