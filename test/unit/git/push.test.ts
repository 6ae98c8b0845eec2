/** Sending articles to the team: two clones at once, no network, a remote that refuses. Never by force. */
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { GitArticleRemote } from '../../../src/adapters/git/articleRemote';
import { World } from './world';

/** An engineer's clone of the team's repository. */
class Clone extends World {
  constructor(remote: string, name: string) {
    super();
    this.git('clone', '--quiet', remote, '.');
    this.git('config', 'user.name', name);
    this.git('config', 'user.email', `${name.toLowerCase()}@example.com`);
  }

  remote(): GitArticleRemote {
    return new GitArticleRemote({ environment: this.environment });
  }

  get articles(): string {
    return join(this.top, 'kb');
  }

  push() {
    return this.remote().push(this.articles);
  }

  async article(name: string, text = name): Promise<string> {
    const path = this.write(`kb/${name}`, `${text}\n`);
    return this.repository().commitFile(this.articles, path, `kb: ${name}`);
  }
}

describe('sending articles', () => {
  let team: World;
  let remote: string;
  let ann: Clone;
  let bob: Clone;

  beforeEach(() => {
    team = World.ready();
    team.write('kb/readme.md', 'articles\n');
    team.git('add', '.');
    team.git('commit', '--quiet', '-m', 'begin');
    remote = join(team.folder, 'team.git');
    team.git('clone', '--quiet', '--bare', '.', remote);
    ann = new Clone(remote, 'Ann');
    bob = new Clone(remote, 'Bob');
  });
  afterEach(() => {
    for (const world of [team, ann, bob]) world.dispose();
  });

  const inTeam = (...args: readonly string[]) => execFileSync('git', ['-C', remote, ...args], { encoding: 'utf8' });
  const titles = () => inTeam('log', '--format=%s', 'main').trim().split('\n');

  it('tells whether commits of other things would go along', async () => {
    assert.equal(await ann.remote().holdsOthers(ann.articles), false);
    await ann.article('a.md');
    assert.equal(await ann.remote().holdsOthers(ann.articles), false);
    ann.write('src/half-done.ts', 'x\n');
    ann.git('add', '.');
    ann.git('commit', '--quiet', '-m', 'half done');
    assert.equal(await ann.remote().holdsOthers(ann.articles), true);
    await ann.push();
    assert.equal(await ann.remote().holdsOthers(ann.articles), false);
  });

  it('says what the remote lacks, and sends it', async () => {
    assert.deepEqual((await ann.remote().unsent(ann.articles))?.commits, []);
    const hash = await ann.article('a.md');
    assert.deepEqual(await ann.remote().unsent(ann.articles), {
      remote: 'origin',
      branch: 'main',
      commits: [{ hash, title: 'kb: a.md' }],
    });
    assert.deepEqual(await ann.push(), { commits: [{ hash, title: 'kb: a.md' }], checkedOut: true });
    assert.equal(inTeam('rev-parse', 'main').trim(), hash);
    assert.deepEqual((await ann.remote().unsent(ann.articles))?.commits, []);
  });

  it('puts both articles into the remote when two clones publish at once', async () => {
    await Promise.all([ann.article('a.md'), bob.article('b.md')]);
    const sent = await Promise.all([ann.push(), bob.push()]);
    assert.deepEqual(
      sent.map(({ checkedOut }) => checkedOut),
      [true, true],
    );
    assert.deepEqual(titles().slice(0, 2).toSorted(), ['kb: a.md', 'kb: b.md']);
    assert.equal(inTeam('log', '-1', '--merges', '--format=%H', 'main'), '');
    for (const clone of [ann, bob]) assert.equal(clone.git('status', '--porcelain'), '');
  });

  it('keeps author, date and message of what it puts on top of others', async () => {
    await ann.article('a.md');
    await ann.push();
    await bob.article('b.md');
    const kept = '--format=%an <%ae> %aI%n%B';
    const before = bob.git('log', '-1', kept);
    await bob.push();
    assert.equal(inTeam('log', '-1', kept, 'main'), before);
    assert.equal(bob.git('rev-parse', 'HEAD'), inTeam('rev-parse', 'main'));
    assert.equal(bob.git('show', 'HEAD:kb/a.md'), 'a.md\n');
    assert.equal(bob.bytes(join(bob.articles, 'a.md')), Buffer.from('a.md\n').toString('hex'));
  });

  it('leaves staged, changed and new files of the checkout as they are', async () => {
    await ann.article('a.md');
    await ann.push();
    await bob.article('b.md');
    bob.write('staged.txt', 'staged');
    bob.git('add', 'staged.txt');
    bob.write('readme.md', 'changed\n');
    bob.write('new.txt', 'new');
    const before = bob.git('status', '--porcelain');
    assert.equal((await bob.push()).checkedOut, true);
    assert.equal(bob.git('status', '--porcelain'), before);
    assert.equal(bob.git('rev-parse', 'HEAD'), inTeam('rev-parse', 'main'));
  });

  it('sends, and leaves the checkout alone, where unsaved work is in the way of what others sent', async () => {
    ann.write('readme.md', 'from ann\n');
    ann.git('commit', '--quiet', '-am', 'readme');
    ann.git('push', '--quiet');
    await bob.article('b.md');
    bob.write('readme.md', 'from bob, not committed\n');
    const before = bob.picture();
    const sent = await bob.push();
    assert.equal(sent.checkedOut, false);
    assert.deepEqual(titles().slice(0, 2), ['kb: b.md', 'readme']);
    // the remote's branch is known anew, and nothing else has changed
    const withoutUpstream = (picture: string) => picture.replaceAll(/^# branch\.(ab|upstream).*$/gm, '');
    assert.equal(withoutUpstream(bob.picture()), withoutUpstream(before));
    assert.deepEqual((await bob.remote().unsent(bob.articles))?.commits, [], 'it is not sent twice');
    await bob.article('c.md');
    await bob.push();
    assert.deepEqual(titles().slice(0, 3), ['kb: c.md', 'kb: b.md', 'readme']);
  });

  it('stops where the same article was changed there too, and names it', async () => {
    await ann.article('same.md', 'from ann');
    await ann.push();
    await bob.article('same.md', 'from bob');
    const before = bob.bytes(join(bob.articles, 'same.md'));
    const head = bob.git('rev-parse', 'HEAD');
    await assert.rejects(bob.push(), { reason: 'conflict', output: 'kb/same.md' });
    assert.equal(bob.git('rev-parse', 'HEAD'), head);
    assert.equal(bob.bytes(join(bob.articles, 'same.md')), before);
    assert.equal(bob.git('status', '--porcelain'), '');
    assert.deepEqual(titles()[0], 'kb: same.md');
  });

  it('stops where commits of other things would have to be put on top of others', async () => {
    await ann.article('a.md');
    await ann.push();
    bob.write('script.sh', 'echo\n');
    bob.git('add', '.');
    bob.git('commit', '--quiet', '-m', 'my own work');
    await bob.article('b.md');
    const before = bob.git('rev-parse', 'HEAD');
    await assert.rejects(bob.push(), { reason: 'diverged' });
    assert.equal(bob.git('rev-parse', 'HEAD'), before);
    assert.equal(titles()[0], 'kb: a.md');
  });

  it('follows a branch that has no upstream yet', async () => {
    ann.git('switch', '--quiet', '-c', 'articles');
    await ann.article('a.md');
    assert.equal((await ann.remote().unsent(ann.articles))?.commits.length, 1);
    await ann.push();
    assert.equal(inTeam('log', '-1', '--format=%s', 'articles').trim(), 'kb: a.md');
    assert.equal(ann.git('rev-parse', '--abbrev-ref', '@{u}').trim(), 'origin/articles');
  });

  it('says that there is no remote', async () => {
    const alone = World.ready();
    const lonely = new GitArticleRemote({ environment: alone.environment });
    assert.equal(await lonely.unsent(alone.top), undefined);
    await assert.rejects(lonely.push(alone.top), { reason: 'no-remote' });
    alone.dispose();
  });

  it('keeps an article that could not be sent, and sends it once the remote is back', async () => {
    const away = `${remote}.away`;
    const hash = await ann.article('a.md');
    execFileSync('mv', [remote, away]);
    await assert.rejects(ann.push(), { reason: 'offline' });
    assert.equal((await ann.remote().unsent(ann.articles))?.commits[0]?.hash, hash);
    execFileSync('mv', [away, remote]);
    await ann.push();
    assert.equal(titles()[0], 'kb: a.md');
  });

  it('says that nobody answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    ann.git('remote', 'set-url', 'origin', `http://127.0.0.1:${port}/team.git`);
    await ann.article('a.md');
    await assert.rejects(ann.push(), { reason: 'offline' });
  });

  it('says that the remote wants somebody to sign in, and never waits for an answer', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="team"' }).end();
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address() as AddressInfo;
    ann.git('remote', 'set-url', 'origin', `http://127.0.0.1:${port}/team.git`);
    await ann.article('a.md');
    await assert.rejects(ann.push(), { reason: 'sign-in' });
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  it('says why the remote refuses', async () => {
    const hook = join(remote, 'hooks', 'pre-receive');
    mkdirSync(join(remote, 'hooks'), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\necho "articles need a review" >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    await ann.article('a.md');
    await assert.rejects(ann.push(), { reason: 'push-refused', output: /articles need a review/ });
    rmSync(hook);
    await ann.push();
    assert.equal(titles()[0], 'kb: a.md');
  });

  it("honours the user's own hook before a push", async () => {
    ann.hook('pre-push', 'echo "not on a Friday"; exit 1');
    await ann.article('a.md');
    await assert.rejects(ann.push(), { reason: 'hook-failed', output: /not on a Friday/ });
    assert.equal(titles()[0], 'begin');
  });

  it('does nothing while a merge is under way', async () => {
    await ann.article('a.md');
    writeFileSync(join(ann.top, '.git', 'MERGE_HEAD'), ann.git('rev-parse', 'HEAD'));
    await assert.rejects(ann.push(), { reason: 'merge-in-progress' });
    assert.equal(titles()[0], 'begin');
  });
});
