/** What a recorded exchange says, for those that bring it about. */
import type { Body, Replay } from './replay';

export type Driver = (replay: Replay) => Promise<void>;

export const bodyOf = ({ recording }: Replay) => recording.response.body as Body;
export const idIn = ({ recording }: Replay) =>
  /(?:bugs|stories)\/(\d+)|(?:bugID|objectID)=(\d+)/.exec(recording.request.path)?.slice(1).find(Boolean) ?? '';
export const kindIn = ({ recording }: Replay) => (recording.request.path.includes('stories') ? 'request' : 'issue');
export const said = (replay: Replay, key: string) => (replay.recording.request.body as Body)[key];
export const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** As a detail has it, from the answer to a write. */
export function detail(answer: Body, change: Body = {}): Body {
  const ids = text(answer['openedBuild']).split(',').filter(Boolean);
  return { ...answer, openedBuild: ids.map((id) => ({ id, title: id })), actions: [], ...change };
}
export const commented = (html: string) => ({
  actions: [{ id: 900, actor: 'admin', action: 'commented', date: '2026-11-22 18:18:28', comment: html }],
});

/** With the request compared too. */
export const asked =
  (driver: Driver, extra: readonly string[] = []): Driver =>
  async (replay) => {
    await driver(replay);
    await replay.assertAskedAs(replay.recording, extra);
  };
