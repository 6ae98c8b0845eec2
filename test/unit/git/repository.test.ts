/** Finding or making the repository, and whom its commits name. */
import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { World } from './world';

describe('the repository of the articles', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.dispose());

  it('is the one that contains the folder', async () => {
    world.git('init', '--quiet');
    const folder = join(world.top, 'a', 'b');
    mkdirSync(folder, { recursive: true });
    assert.equal(await world.repository().ensure(folder), world.top);
    assert.equal(await world.repository().ensure(join(folder, 'not', 'yet')), world.top);
  });

  it('is made where there is none, on branch main, and once only', async () => {
    writeFileSync(join(world.home, '.gitconfig'), '[init]\n\tdefaultBranch = trunk\n');
    const folder = join(world.folder, 'casebook', 'knowledge');
    const top = await world.repository().ensure(folder);
    assert.equal(top, realpathSync(folder));
    assert.equal(await world.repository().ensure(folder), top);
    mkdirSync(join(folder, 'x'));
    const repository = world.repository();
    await repository.setIdentity(folder, 'Li Wei', 'li.wei@example.com');
    writeFileSync(join(folder, 'x', 'a.md'), 'a');
    await repository.commitFile(folder, join(folder, 'x', 'a.md'), 'kb: a');
    assert.equal(world.git('-C', folder, 'branch', '--show-current').trim(), 'main');
  });

  it('can be made around the folder', async () => {
    const root = join(world.folder, 'casebook');
    assert.equal(await world.repository().ensure(join(root, 'knowledge'), root), realpathSync(root));
    assert.ok(existsSync(join(root, 'knowledge')));
  });

  it('cannot be made without git', async () => {
    const environment = { ...world.environment, PATH: join(world.folder, 'empty') };
    await assert.rejects(world.repository({ environment }).ensure(world.top), { reason: 'git-missing' });
    assert.ok(!existsSync(join(world.top, '.git')));
  });

  it('names whom git is told to name, also outside a repository', async () => {
    assert.equal(await world.repository().identity(world.top), undefined);
    writeFileSync(join(world.home, '.gitconfig'), '[user]\n\tname = 李伟\n\temail = li.wei@example.com\n');
    assert.equal(await world.repository().identity(world.top), '李伟 <li.wei@example.com>');
    assert.equal(await world.repository().identity(join(world.folder, 'missing')), '李伟 <li.wei@example.com>');
  });

  it('keeps an identity of its own', async () => {
    world.git('init', '--quiet');
    await world.repository().setIdentity(world.top, '  -x "李" <伟>\n', 'li.wei@example.com');
    assert.equal(await world.repository().identity(world.top), '-x "李" 伟 <li.wei@example.com>');
    assert.ok(!existsSync(join(world.home, '.gitconfig')));
  });

  it('takes no identity with an empty part, and none outside a repository', async () => {
    await assert.rejects(world.repository().setIdentity(world.top, ' ', 'a@b.c'), { reason: 'identity-missing' });
    await assert.rejects(world.repository().setIdentity(world.top, 'A', 'a@b.c'), { reason: 'not-a-repository' });
  });

  it('cannot tell the identity without git', async () => {
    const environment = { ...world.environment, PATH: join(world.folder, 'empty') };
    await assert.rejects(world.repository({ environment }).identity(world.top), { reason: 'git-missing' });
  });

  it('names who wrote a file, each once', async () => {
    world.git('init', '--quiet', '--initial-branch=main');
    world.identify();
    const path = world.write('a.md', 'one');
    assert.deepEqual(await world.repository().authors(world.top, path), []);
    await world.repository().commitFile(world.top, path, 'one');
    world.git('config', 'user.name', 'Wang Fang');
    world.git('config', 'user.email', 'wang@example.com');
    for (const text of ['two', 'three'])
      await world.repository().commitFile(world.top, world.write('a.md', text), text);
    assert.deepEqual(await world.repository().authors(world.top, path), [
      'Wang Fang <wang@example.com>',
      'Li Wei <li.wei@example.com>',
    ]);
  });
});
