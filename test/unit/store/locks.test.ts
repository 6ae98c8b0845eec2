/** Waiting for other writers, and the folder that their locks lie in. */
import { strict as assert } from 'node:assert';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Locks } from '../../../src/adapters/store/locks';
import { cleanUp, tempFolder } from './folders';

describe('locks without patience', () => {
  afterEach(cleanUp);

  const locksIn = (folder: string) => new Locks(folder, async () => void (await mkdir(folder, { recursive: true })), 0);

  it('make their folder all the same: a slow disk is nobody who holds them', async () => {
    assert.equal(await locksIn(join(tempFolder(), 'not', 'there')).run('look', async () => 'done'), 'done');
  });

  it('wait for nobody else, and come again once the other is through', async () => {
    const folder = tempFolder();
    const other = locksIn(folder);
    const refused = await locksIn(folder).run('look', () =>
      other.run('look', async () => 'in').catch((error: unknown) => error),
    );
    assert.match(String(refused), /locked/);
    assert.equal(await other.run('look', async () => 'in'), 'in');
  });

  it('say where their folder can not be made', async () => {
    const folder = join(tempFolder(), 'gone');
    const locks = new Locks(folder, async () => undefined, 0);
    await assert.rejects(
      locks.run('look', async () => 'in'),
      /folder-missing/,
    );
  });
});
