/** Every reason for which a commit is refused; after each, file, index and working tree are as they were. */
import { strict as assert } from 'node:assert';
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimpleGitArticleRepository } from '../../../src/adapters/git/articleRepository';
import { GitError, type GitFailure } from '../../../src/domain/ports';
import { World } from './world';

describe('refusing to commit', () => {
  let world: World;
  let path: string;

  beforeEach(() => {
    world = World.ready();
    // what the user has going: something staged, something changed, something new
    world.write('staged.txt', 'staged');
    world.git('add', 'staged.txt');
    world.write('readme.md', 'changed\n');
    world.write('untracked.txt', 'x');
    path = world.write('knowledge/a.md', 'text\r\n中文\n');
  });
  afterEach(() => world.dispose());

  /** @returns the refusal, after checking that nothing has changed */
  async function refused(
    reason: GitFailure,
    repository: SimpleGitArticleRepository = world.repository(),
    file = path,
  ): Promise<GitError> {
    const before = { picture: world.picture(), bytes: world.bytes(path) };
    const error = await repository.commitFile(world.top, file, 'kb: a').then(
      () => assert.fail('it was committed'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof GitError, String(error));
    assert.equal(error.reason, reason, error.output);
    assert.deepEqual({ picture: world.picture(), bytes: world.bytes(path) }, before);
    return error;
  }

  it('without an identity', async () => {
    world.git('config', '--unset', 'user.name');
    world.git('config', '--unset', 'user.email');
    world.git('config', 'user.useConfigOnly', 'true');
    await refused('identity-missing');
  });

  it('with an identity that git would only guess', async () => {
    world.git('config', '--unset', 'user.email');
    world.git('config', 'user.useConfigOnly', 'false');
    await refused('identity-missing');
  });

  it('when a hook says no, with what it said', async () => {
    world.hook('pre-commit', 'echo 文章未通过检查; echo "line two" >&2; exit 1');
    const error = await refused('hook-failed');
    assert.match(error.output, /文章未通过检查/);
    assert.match(error.output, /line two/);
  });

  it('when a hook says no without a word', async () => {
    world.hook('commit-msg', 'exit 1');
    await refused('hook-failed');
  });

  it('when a hook says no to a file that was committed before', async () => {
    world.git('add', 'knowledge/a.md');
    world.git('commit', '--quiet', '-m', 'a', '--', 'knowledge/a.md');
    world.write('knowledge/a.md', 'half\n');
    world.git('add', 'knowledge/a.md');
    world.write('knowledge/a.md', 'whole\n');
    world.hook('pre-commit', 'exit 3');
    await refused('hook-failed');
    assert.equal(world.git('show', ':knowledge/a.md'), 'half\n');
  });

  it('when a hook says no to a file that the user has taken out of the index', async () => {
    world.git('add', 'knowledge/a.md');
    world.git('commit', '--quiet', '-m', 'a', '--', 'knowledge/a.md');
    world.git('rm', '--quiet', '--cached', 'knowledge/a.md');
    world.write('knowledge/a.md', 'other\n');
    world.hook('pre-commit', 'exit 1');
    await refused('hook-failed');
  });

  it('when a hook says no to a file that is only announced (add -N)', async () => {
    world.git('add', '--intent-to-add', 'knowledge/a.md');
    world.hook('pre-commit', 'exit 1');
    await refused('hook-failed');
  });

  it('when a hook never ends', async () => {
    world.hook('pre-commit', 'exec sleep 30');
    await refused('failed', world.repository({ timeout: 600 }));
  });

  it('while the index is locked, naming the lock', async () => {
    writeFileSync(join(world.top, '.git', 'index.lock'), '');
    const before = world.bytes(path);
    const error = await world
      .repository({ lockPatience: 150 })
      .commitFile(world.top, path, 'kb: a')
      .then(
        () => assert.fail(),
        (thrown: unknown) => thrown,
      );
    assert.ok(error instanceof GitError);
    assert.equal(error.reason, 'index-locked');
    assert.match(error.output, /index\.lock/);
    assert.equal(world.bytes(path), before);
    rmSync(join(world.top, '.git', 'index.lock'));
    assert.match(world.git('status', '--porcelain'), /\?\? knowledge\//);
  });

  describe('in the middle of something else', () => {
    beforeEach(() => {
      world.git('checkout', '--quiet', '--', 'readme.md');
      world.git('reset', '--quiet');
      world.git('checkout', '--quiet', '-b', 'side');
      world.write('readme.md', 'side\n');
      world.git('commit', '--quiet', '-am', 'side');
      world.git('checkout', '--quiet', 'main');
      world.write('readme.md', 'main\n');
      world.git('commit', '--quiet', '-am', 'main');
    });

    const conflicting = (...args: readonly string[]) => assert.throws(() => world.git(...args));

    it('a merge with conflicts', async () => {
      conflicting('merge', 'side');
      await refused('merge-in-progress');
    });

    it('a merge whose conflicts are resolved but that is not committed yet', async () => {
      conflicting('merge', 'side');
      world.write('readme.md', 'both\n');
      world.git('add', 'readme.md');
      await refused('merge-in-progress');
    });

    it('a rebase', async () => {
      conflicting('rebase', 'side');
      await refused('merge-in-progress');
    });

    it('a cherry-pick', async () => {
      conflicting('cherry-pick', 'side');
      await refused('merge-in-progress');
    });

    it('a revert', async () => {
      conflicting('revert', '--no-edit', 'side');
      await refused('merge-in-progress');
    });

    it('conflicts of a stash that was taken out', async () => {
      world.write('readme.md', 'stashed\n');
      world.git('stash', '--quiet');
      world.write('readme.md', 'meanwhile\n');
      world.git('commit', '--quiet', '-am', 'meanwhile');
      conflicting('stash', 'pop');
      await refused('merge-in-progress');
    });
  });

  it('on a detached head', async () => {
    world.git('checkout', '--quiet', '--detach');
    await refused('detached-head');
  });

  it('without git', async () => {
    const environment = { ...world.environment, PATH: join(world.folder, 'empty') };
    await refused('git-missing', world.repository({ environment }));
  });

  it('outside any repository', async () => {
    const elsewhere = join(world.folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'a.md'), 'a');
    await assert.rejects(world.repository().commitFile(elsewhere, join(elsewhere, 'a.md'), 'kb: a'), {
      reason: 'not-a-repository',
    });
  });

  it('a file outside the repository', async () => {
    const outside = join(world.folder, 'outside.md');
    writeFileSync(outside, 'secret');
    await refused('outside-repository', world.repository(), outside);
    await refused('outside-repository', world.repository(), join(world.top, '..', 'outside.md'));
  });

  it('a link that leads out, and one that leads nowhere', async () => {
    const outside = join(world.folder, 'outside.md');
    writeFileSync(outside, 'secret');
    symlinkSync(outside, join(world.top, 'link.md'));
    symlinkSync(join(world.folder, 'missing'), join(world.top, 'dangling.md'));
    symlinkSync(world.folder, join(world.top, 'out'));
    await refused('outside-repository', world.repository(), join(world.top, 'link.md'));
    await refused('outside-repository', world.repository(), join(world.top, 'dangling.md'));
    await refused('outside-repository', world.repository(), join(world.top, 'out', 'outside.md'));
  });

  it('a file of a repository inside this one, and one of the git directory', async () => {
    const inner = join(world.top, 'inner');
    mkdirSync(inner);
    world.git('init', '--quiet', inner);
    writeFileSync(join(inner, 'a.md'), 'a');
    await refused('outside-repository', world.repository(), join(inner, 'a.md'));
    await refused('outside-repository', world.repository(), join(world.top, '.git', 'config'));
  });

  it('a file that is not there, and a folder', async () => {
    await refused('failed', world.repository(), join(world.top, 'missing.md'));
    await refused('failed', world.repository(), join(world.top, 'knowledge'));
  });

  it('an ignored file: the user has said so', async () => {
    world.write('.gitignore', 'knowledge/\n');
    const error = await refused('failed');
    assert.match(error.output, /ignored/);
  });

  it('an empty message', async () => {
    await assert.rejects(world.repository().commitFile(world.top, path, ' \n'), { reason: 'failed' });
  });

  it('a file that is committed as it is, naming the commit that has it', async () => {
    const hash = await world.repository().commitFile(world.top, path, 'kb: a');
    world.write('readme.md', 'later\n');
    world.git('commit', '--quiet', '-am', 'later');
    const error = await refused('nothing-to-commit');
    assert.equal(error.output, hash);
  });

  it('when git speaks another language', async () => {
    const environment = { ...world.environment, LANG: 'de_DE.UTF-8', LC_ALL: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN:de' };
    const elsewhere = join(world.folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'a.md'), 'a');
    await assert.rejects(world.repository({ environment }).commitFile(elsewhere, join(elsewhere, 'a.md'), 'kb: a'), {
      reason: 'not-a-repository',
    });
  });

  const whereRightsCount = process.platform === 'win32' ? [] : ['in a repository that may only be read'];
  for (const name of whereRightsCount)
    it(name, async () => {
      const before = { picture: world.picture(), bytes: world.bytes(path) };
      const restore = withoutRightsTo(world);
      try {
        const error = await world
          .repository()
          .commitFile(world.top, path, 'kb: a')
          .then(
            () => assert.fail(),
            (thrown: unknown) => thrown,
          );
        assert.ok(error instanceof GitError);
        assert.equal(error.reason, 'read-only', error.output);
      } finally {
        restore();
      }
      assert.deepEqual({ picture: world.picture(), bytes: world.bytes(path) }, before);
    });
});

/** Takes away the right to write; root may write anywhere, so it acts as another user meanwhile. */
function withoutRightsTo(world: World): () => void {
  const all = ['.', ...readdirSync(world.folder, { recursive: true, encoding: 'utf8' })].map((name) =>
    join(world.folder, name),
  );
  const gitFolders = all.filter((name) => name.startsWith(join(world.top, '.git')) && !/hooks|\.(?:git)$/.test(name));
  const isRoot = process.getuid?.() === 0;
  const nobody = 65_534;
  if (isRoot) for (const name of all) chownSync(name, nobody, nobody);
  const locked = [join(world.top, '.git'), ...gitFolders];
  for (const name of locked) chmodSync(name, 0o555);
  if (isRoot) process.seteuid?.(nobody);
  return () => {
    if (isRoot) process.seteuid?.(0);
    for (const name of locked) chmodSync(name, 0o755);
    if (isRoot) for (const name of all) chownSync(name, 0, 0);
  };
}
