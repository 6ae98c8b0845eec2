/** The ticket systems of the settings, each opened once with the secret that is kept for it. */
import * as v from 'valibot';
import type { Clock } from '../../domain/ports';
import { readTrackers, type Secrets, type Trackers } from '../../domain/tickets/connections';
import { type Tracker, type TrackerConnection, TrackerError } from '../../domain/tickets/tracker';
import { makeTracker } from './makeTracker';

export interface TrackersOptions {
  /** The setting as it stands now. */
  readonly setting: () => unknown;
  readonly secrets: Secrets;
  readonly clock: Clock;
}

/** A secret is kept together with the site that it is for: another site under the same name is not sent it. */
const kept = v.object({ url: v.string(), secret: v.string() });

const keyOf = (name: string) => `tracker/${name}`;

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

  return {
    connections: () => read().connections,
    problems: () => read().problems,
    open: async (name) => {
      const known = connection(name);
      const secret = secretFor(known, await secrets.read(keyOf(name)));
      if (secret === undefined) throw new TrackerError('sign-in', '');
      const of = JSON.stringify([known, secret]);
      const before = opened.get(name);
      if (before?.of === of) return before.tracker;
      const tracker = makeTracker(known, secret, now);
      opened.set(name, { of, tracker });
      return tracker;
    },
    signIn: async (name, secret, signal) => {
      const known = connection(name);
      const identity = await makeTracker(known, secret, now).test(signal);
      await secrets.write(keyOf(name), JSON.stringify({ url: known.url, secret }));
      return identity;
    },
    signOut: async (name) => {
      opened.delete(name);
      await secrets.remove(keyOf(name));
    },
  };
}

function secretFor({ url }: TrackerConnection, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), kept), text);
  return parsed.success && parsed.output.url === url ? parsed.output.secret : undefined;
}
