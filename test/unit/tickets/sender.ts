/** A window of its own: sends one thing from a case, so that it can be killed while it does. */
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../../src/adapters/machine/clock';
import { RedmineLike } from './redmineLike';
import { secretsInMemory } from './secretsInMemory';
import { openWorld } from './world';

const [folder = '', outbox = '', url = '', id = '', what = '', bot = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const world = await openWorld({
    folder,
    outbox,
    indexFile: join(outbox, '..', 'index.jsonl'),
    trackers: [{ name: 'Redmine', system: 'redmine', url, places: { DataHub: 'vision' } }],
    bots: [{ group: 'storage', system: 'wecom' }],
    secrets: secretsInMemory(),
    clock: systemClock,
    random: systemRandom,
  });
  await world.trackers.signIn('Redmine', RedmineLike.key);
  const stored = await world.store.get(id);
  if (!stored) throw new Error(`no case ${id}`);
  if (what === 'create') await world.tickets.create(world.tickets.prepare(stored.state, 'Redmine', 'zh-CN'));
  if (what === 'comment') await world.tickets.comment(id, '补充：日志已上传');
  if (what === 'tell') {
    await world.bots.keep('storage', bot, '');
    const values = { to: 'group', purpose: 'other', channel: '企业微信', sender: 'Li Wei', text: '请关注' };
    await world.tickets.tell(id, 'storage', '请关注', { action: 'logMessage', values });
  }
  world.dispose();
}

void main();
