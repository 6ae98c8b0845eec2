/** Committing one article: what goes into the commit, and what stays as the user left it. */
import { strict as assert } from 'node:assert';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { World } from './world';

describe('committing an article', () => {
  let world: World;
  beforeEach(() => {
    world = World.ready();
  });
  afterEach(() => world.dispose());

  it('commits a new file and returns the full hash', async () => {
    const path = world.write('knowledge/数据库/共享内存.md', '# 共享内存\n');
    const hash = await world
      .repository()
      .commitFile(join(world.top, 'knowledge'), path, 'kb: 共享内存\n\nCases: ISS-1');
    assert.equal(hash, world.git('rev-parse', 'HEAD').trim());
    assert.match(hash, /^[0-9a-f]{40}$/);
    assert.equal(world.git('log', '-1', '--format=%B').trim(), 'kb: 共享内存\n\nCases: ISS-1');
    assert.equal(world.git('log', '-1', '--format=%an <%ae>').trim(), 'Li Wei <li.wei@example.com>');
    assert.equal(world.git('show', 'HEAD:knowledge/数据库/共享内存.md'), '# 共享内存\n');
    assert.equal(world.git('status', '--porcelain'), '');
  });

  it("leaves the user's own staged, changed and new files out of it", async () => {
    world.write('old.md', 'old\n');
    world.git('add', 'old.md');
    world.git('commit', '--quiet', '-m', 'old');
    world.write('staged.txt', 'staged\n');
    world.git('add', 'staged.txt');
    world.git('mv', 'old.md', 'moved.md');
    world.write('readme.md', 'staged change\n');
    world.git('add', 'readme.md');
    world.write('readme.md', 'changed once more\n');
    world.write('untracked.txt', 'x');
    const before = world.git('status', '--porcelain');
    const path = world.write('a.md', 'a\n');
    const hash = await world.repository().commitFile(world.top, path, 'kb: a');
    assert.deepEqual(world.filesOf(hash), ['a.md']);
    assert.equal(world.git('status', '--porcelain'), before);
    assert.equal(world.git('show', ':readme.md'), 'staged change\n');
  });

  it('commits a listed file as it lies on disk, also when an older text of it is staged', async () => {
    const path = world.write('readme.md', 'staged\n');
    world.git('add', 'readme.md');
    world.write('readme.md', 'final\n');
    const hash = await world.repository().commitFile(world.top, path, 'kb: readme');
    assert.equal(world.git('show', `${hash}:readme.md`), 'final\n');
    assert.equal(world.git('status', '--porcelain'), '');
  });

  it('makes the first commit of a repository', async () => {
    const fresh = new World();
    fresh.git('init', '--quiet', '--initial-branch=main');
    fresh.identify();
    fresh.write('other.txt', 'other');
    fresh.git('add', 'other.txt');
    const hash = await fresh.repository().commitFile(fresh.top, fresh.write('a.md', 'a'), 'kb: a');
    assert.deepEqual(fresh.filesOf(hash), ['a.md']);
    assert.equal(fresh.git('status', '--porcelain'), 'A  other.txt\n');
    fresh.dispose();
  });

  const odd = ['[a-z]*.md', ':(glob)x.md', '-m.md', 'two words "quoted".md', "it's $(touch pwned);`x`.md", 'a\tb.md'];
  // Windows allows none of these
  for (const name of process.platform === 'win32' ? [] : odd) {
    it(`takes ${JSON.stringify(name)} for a name and nothing else`, async () => {
      world.write('b.md', 'must stay untracked');
      const path = world.write(name, 'text');
      const hash = await world.repository().commitFile(world.top, path, '--amend');
      assert.equal(world.git('log', '-1', '--format=%s').trim(), '--amend');
      assert.equal(world.git('show', '-z', '--pretty=format:', '--name-only', hash).replaceAll('\0', ''), name);
      assert.equal(world.git('status', '--porcelain'), '?? b.md\n');
    });
  }

  it('follows a link that stays inside the repository to the file itself', async () => {
    world.write('real/a.md', 'a');
    symlinkSync(join(world.top, 'real'), join(world.top, 'linked'), 'junction');
    const hash = await world.repository().commitFile(world.top, join(world.top, 'linked', 'a.md'), 'kb: a');
    assert.deepEqual(world.filesOf(hash), ['real/a.md']);
  });

  it('commits the pictures of an article with it, and one article a time', async () => {
    const picture = world.write('kb/images/a.png', 'picture');
    const other = world.write('kb/images/b.png', 'of another article');
    const path = world.write('kb/a.md', '![a](images/a.png)');
    const hash = await world.repository().commitFile(world.top, path, 'kb: a', { with: [picture] });
    assert.deepEqual(world.filesOf(hash), ['kb/a.md', 'kb/images/a.png']);
    assert.equal(world.git('status', '--porcelain', '--untracked-files=all'), '?? kb/images/b.png\n');
    await assert.rejects(world.repository().commitFile(world.top, path, 'kb: a', { with: [picture] }), {
      reason: 'nothing-to-commit',
      output: hash,
    });
    world.hook('pre-commit', 'exit 1');
    const before = world.picture();
    const more = { with: [picture, other] };
    await assert.rejects(world.repository().commitFile(world.top, path, 'kb: a', more), { reason: 'hook-failed' });
    assert.equal(world.picture(), before);
  });

  it('signs off where it is told to', async () => {
    await world.repository().commitFile(world.top, world.write('a.md', 'a'), 'kb: a', { signOff: true });
    assert.match(world.git('log', '-1', '--format=%B'), /^Signed-off-by: Li Wei <li\.wei@example\.com>$/m);
  });

  it('refuses another branch than the one that articles belong on', async () => {
    const path = world.write('a.md', 'a');
    const before = world.picture();
    const onArticles = { branch: 'articles' };
    await assert.rejects(world.repository().commitFile(world.top, path, 'kb: a', onArticles), {
      reason: 'wrong-branch',
      output: 'main',
    });
    assert.equal(world.picture(), before);
    world.git('switch', '--quiet', '-c', 'articles');
    await world.repository().commitFile(world.top, path, 'kb: a', onArticles);
  });

  it('works in a linked worktree', async () => {
    const tree = join(world.folder, 'tree');
    world.git('worktree', 'add', '--quiet', '-b', 'side', tree);
    const path = join(tree, 'a.md');
    writeFileSync(path, 'a');
    const hash = await world.repository().commitFile(tree, path, 'kb: a');
    assert.equal(hash, world.git('rev-parse', 'side').trim());
  });

  it('honours hooks and what they change in the message', async () => {
    world.hook('commit-msg', 'echo "Checked-by: hook" >> "$1"');
    world.hook('pre-commit', 'cat > /dev/null; touch ran');
    await world.repository().commitFile(world.top, world.write('a.md', 'a'), 'kb: a');
    assert.match(world.git('log', '-1', '--format=%B'), /Checked-by: hook/);
    assert.match(world.git('status', '--porcelain'), /\?\? ran/);
  });

  it('leaves hooks the git they know: patterns work, nothing asks, failures are English', async () => {
    const seen = join(world.folder, 'seen');
    world.hook('pre-commit', `git diff --cached --name-only -- '*.md' > "${seen}"; env >> "${seen}"`);
    const environment = { ...world.environment, LC_ALL: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN' };
    await world.repository({ environment }).commitFile(world.top, world.write('a.md', 'a'), 'kb: a');
    const [first, ...variables] = readFileSync(seen, 'utf8').split('\n');
    assert.equal(first, 'a.md');
    for (const variable of ['LC_ALL=C', 'GIT_TERMINAL_PROMPT=0', `HOME=${world.home}`]) {
      assert.ok(variables.includes(variable), variable);
    }
    assert.ok(!variables.some((variable) => variable.startsWith('LANGUAGE=')));
  });

  it('honours signing: where it fails, so does the commit', async () => {
    world.git('config', 'commit.gpgSign', 'true');
    world.git('config', 'gpg.program', 'false');
    const path = world.write('a.md', 'a');
    const before = world.picture();
    await assert.rejects(world.repository().commitFile(world.top, path, 'kb: a'), { reason: 'failed' });
    assert.equal(world.picture(), before);
  });

  it("never starts a repository's fsmonitor program", async () => {
    world.hook('monitor', `touch "${join(world.folder, 'pwned')}"`);
    world.git('config', 'core.fsmonitor', join(world.top, '.git', 'hooks', 'monitor'));
    await world.repository().commitFile(world.top, world.write('a.md', 'a'), 'kb: a');
    assert.throws(() => world.bytes(join(world.folder, 'pwned')), { code: 'ENOENT' });
  });

  it('hears nothing of variables that would point git elsewhere', async () => {
    const environment = {
      ...world.environment,
      GIT_DIR: '/nowhere',
      GIT_INDEX_FILE: '/nowhere/index',
      GIT_AUTHOR_NAME: 'Somebody Else',
      GIT_EDITOR: 'false',
      EDITOR: 'false',
      PAGER: 'false',
      VISUAL: 'false',
      PREFIX: '/nowhere',
      SSH_ASKPASS: 'false',
    };
    await world.repository({ environment }).commitFile(world.top, world.write('a.md', 'a'), 'kb: a');
    assert.equal(world.git('log', '-1', '--format=%an').trim(), 'Li Wei');
  });

  it('does several at once one after the other, each in a commit of its own', async () => {
    const repository = world.repository();
    const names = ['a.md', 'b.md', 'c.md', 'd.md'];
    const hashes = await Promise.all(
      names.map((name) => repository.commitFile(world.top, world.write(name, name), `kb: ${name}`)),
    );
    assert.deepEqual(
      hashes.map((hash) => world.filesOf(hash)),
      names.map((name) => [name]),
    );
  });

  it('waits for another git to let go of the index', async () => {
    const path = world.write('a.md', 'a');
    const lock = join(world.top, '.git', 'index.lock');
    world.hook('monitor', `echo > "${lock}"; sleep 0.4; rm "${lock}"`);
    writeFileSync(lock, '');
    const { spawn } = await import('node:child_process');
    const other = spawn(join(world.top, '.git', 'hooks', 'monitor'), { stdio: 'ignore' });
    const hash = await world.repository({ lockPatience: 20_000 }).commitFile(world.top, path, 'kb: a');
    assert.deepEqual(world.filesOf(hash), ['a.md']);
    if (other.exitCode === null) await new Promise((resolve) => other.once('exit', resolve));
  });
});
