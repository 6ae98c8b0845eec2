import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { openCasebook } from '../../../src/adapters/openCasebook';
import type { Casebook } from '../../../src/domain/ports';
import { cleanUp, newCasebook, tempFolder } from './folders';
import { secretsInMemory } from '../tickets/secretsInMemory';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array) => new TextDecoder().decode(content);

describe('the files of a case', () => {
  const opened: { dispose(): void }[] = [];
  let folder: string;
  let casebook: Casebook;
  let id: string;

  async function open(isTrusted = true): Promise<Casebook> {
    const next = await openCasebook({
      folder,
      knowledgeFolder: join(folder, 'knowledge'),
      ownFolder: false,
      stateFolder: tempFolder(),
      language: 'en',
      version: '1',
      engineer: () => 'Li Wei <li.wei@example.com>',
      secretStorage: secretsInMemory(),
      connections: { trackers: () => [], bots: () => [] },
      publishing: () => ({ branch: '', signOff: false, message: '' }),
      isTrusted,
      onProblem: (error) => assert.fail(String(error)),
      searchThread: join(folder, 'no-thread.js'),
      sheetThread: '',
      reportThread: '',
    });
    opened.push(next);
    return next;
  }

  beforeEach(async () => {
    folder = await newCasebook();
    casebook = await open();
    ({ id } = await casebook.desk.open('issue', { title: 'Export fails' }));
  });
  afterEach(() => {
    for (const item of opened.splice(0)) item.dispose();
    cleanUp();
  });

  const home = () => join(folder, 'attachments', id);
  const state = async () => {
    const stored = await casebook.store.get(id);
    assert.ok(stored);
    return stored.state;
  };
  const files = async () => {
    const listed = await casebook.evidence.files(id, await state());
    return listed.map(({ name, standing }) => `${name} ${standing}`);
  };

  it('lie under its id, whole, and are recorded with size, hash, author and note', async () => {
    const content = Uint8Array.from({ length: 5_000_000 }, (_, index) => index % 251);
    const added = await casebook.evidence.add(id, { name: 'C:\\logs\\堆 转储.bin', content, note: 'at noon' });
    assert.deepEqual(added, { name: '堆 转储.bin', isNew: true });
    assert.ok(readFileSync(join(home(), '堆 转储.bin')).equals(content));
    assert.deepEqual(
      readdirSync(home()).filter((name) => name.startsWith('.')),
      [],
    );
    const [attachment] = (await state()).attachments;
    assert.equal(attachment?.size, 5_000_000);
    assert.equal(attachment.sha256, casebook.attachments.sha256(content));
    assert.equal(attachment.note, 'at noon');
    assert.equal(attachment.by, 'Li Wei <li.wei@example.com>');
  });

  it('come out of git byte for byte as they went in', async () => {
    await casebook.evidence.add(id, { name: 'crlf.log', content: bytes('a\r\nb\r\n') });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'core.autocrlf=input', '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    git('init', '--quiet');
    git('add', '--all');
    assert.equal(git('show', `:attachments/${id}/crlf.log`), 'a\r\nb\r\n');
  });

  it('keep both of two files with one name, however its letters are written', async () => {
    await casebook.evidence.add(id, { name: 'app.log', content: bytes('one') });
    const second = await casebook.evidence.add(id, { name: 'APP.log', content: bytes('two') });
    assert.equal(second.name, 'APP (2).log');
    assert.deepEqual(await files(), ['app.log stored', 'APP (2).log stored']);
  });

  it('are stored once when the content is the same', async () => {
    await casebook.evidence.add(id, { name: 'app.log', content: bytes('same') });
    const again = await casebook.evidence.add(id, { name: 'copy of app.log', content: bytes('same') });
    assert.deepEqual(again, { name: 'app.log', isNew: false });
    assert.deepEqual(await files(), ['app.log stored']);
    assert.equal((await state()).lastEvent?.type, 'attach');
  });

  it('that are larger than the setting are refused, with nothing written', async () => {
    writeFileSync(join(folder, 'casebook.json'), '{"version":1,"attachmentLimitMb":0.001}');
    await casebook.store.refresh();
    const content = new Uint8Array(1_001);
    await assert.rejects(casebook.evidence.add(id, { name: 'big.bin', content }), {
      name: 'AttachmentError',
      reason: 'too-large',
      limitMb: 0.001,
    });
    assert.ok(!existsSync(home()));
    await casebook.evidence.add(id, { name: 'fits.bin', content: content.subarray(1) });
  });

  it('that are gone are shown as missing, and taken up when they come again', async () => {
    await casebook.evidence.add(id, { name: 'app.log', content: bytes('one') });
    rmSync(join(home(), 'app.log'));
    assert.deepEqual(await files(), ['app.log missing']);
    await assert.rejects(casebook.attachments.read(id, 'app.log'), { name: 'StoreError', reason: 'file-missing' });
    assert.deepEqual(await casebook.evidence.add(id, { name: 'found.log', content: bytes('one') }), {
      name: 'app.log',
      isNew: false,
    });
    assert.deepEqual(await files(), ['app.log stored']);
  });

  it('that a crash left without their event are shown, and recorded without a second copy', async () => {
    mkdirSync(home(), { recursive: true });
    writeFileSync(join(home(), 'left.log'), 'left');
    writeFileSync(join(home(), '.half.tmp'), 'ha');
    assert.deepEqual(await files(), ['left.log unrecorded']);
    const content = await casebook.attachments.read(id, 'left.log');
    assert.equal((await casebook.evidence.add(id, { name: 'left.log', content })).name, 'left.log');
    assert.deepEqual(await files(), ['left.log stored']);
  });

  it('go with a reason; the name is not given again', async () => {
    await casebook.evidence.add(id, { name: 'app.log', content: bytes('one') });
    await assert.rejects(casebook.evidence.remove(id, 'app.log', ' '), { name: 'GuardError' });
    assert.ok(existsSync(join(home(), 'app.log')));
    await casebook.evidence.remove(id, 'app.log', 'of another customer');
    assert.ok(!existsSync(join(home(), 'app.log')));
    assert.deepEqual(await files(), []);
    assert.equal((await casebook.evidence.add(id, { name: 'app.log', content: bytes('two') })).name, 'app (2).log');
  });

  it('are never reached through a link', async () => {
    const secret = join(tempFolder(), 'secret.txt');
    writeFileSync(secret, 'secret');
    mkdirSync(home(), { recursive: true });
    symlinkSync(secret, join(home(), 'link.txt'));
    assert.deepEqual(await files(), []);
    await assert.rejects(casebook.attachments.read(id, 'link.txt'), { reason: 'outside-casebook' });
    await assert.rejects(casebook.attachments.remove(id, 'link.txt'), { reason: 'outside-casebook' });
    assert.equal((await casebook.evidence.add(id, { name: 'link.txt', content: bytes('mine') })).name, 'link (2).txt');
    assert.equal(readFileSync(secret, 'utf8'), 'secret');
  });

  it('are not written where the folder of the case is a link that leads out', async () => {
    const elsewhere = tempFolder();
    mkdirSync(join(folder, 'attachments'));
    symlinkSync(elsewhere, home());
    await assert.rejects(casebook.evidence.add(id, { name: 'a.log', content: bytes('a') }), {
      reason: 'outside-casebook',
    });
    assert.deepEqual(readdirSync(elsewhere), []);
  });

  for (const name of ['../a.log', 'a/b', '', '.hidden', 'NUL']) {
    it(`are not looked for under ${JSON.stringify(name)}`, async () => {
      await assert.rejects(casebook.attachments.read(id, name), { reason: 'outside-casebook' });
      await assert.rejects(casebook.attachments.write(id, name, bytes('a'), []), { reason: 'outside-casebook' });
      await assert.rejects(casebook.attachments.read('../..', 'a.log'), { reason: 'outside-casebook' });
    });
  }

  it('are not written where nothing may be written; the reason is said', async () => {
    mkdirSync(home(), { recursive: true });
    chmodSync(home(), 0o555);
    chmodSync(dirname(folder), 0o755);
    // root may write everywhere, so it acts as another user meanwhile
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      await assert.rejects(casebook.evidence.add(id, { name: 'a.log', content: bytes('a') }), { reason: 'read-only' });
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(home(), 0o755);
    }
    assert.deepEqual(await files(), []);
  });

  it('are only read in Restricted Mode', async () => {
    await casebook.evidence.add(id, { name: 'a.log', content: bytes('a') });
    const restricted = await open(false);
    assert.equal(text(await restricted.attachments.read(id, 'a.log')), 'a');
    await assert.rejects(restricted.evidence.add(id, { name: 'b.log', content: bytes('b') }), { reason: 'restricted' });
    await assert.rejects(restricted.evidence.remove(id, 'a.log', 'no'), { reason: 'restricted' });
    assert.deepEqual(await files(), ['a.log stored']);
  });

  describe('secrets in them', () => {
    const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const log = `10:00 INFO start\r\n10:01 DEBUG password=Sup3rS3cret!x\r\n10:02 token ${token} 结束\r\n`;

    it('are found and masked; everything else stays as it is', async () => {
      const { findings, kinds, masked } = await casebook.evidence.secretsIn(bytes(log), 'zh-CN');
      assert.equal(findings.length, 2);
      assert.deepEqual([...kinds].toSorted(), ['password', 'token']);
      assert.equal(text(masked()), log.replace('Sup3rS3cret!x', '〈密码〉').replace(token, '〈令牌〉'));
    });

    it('are found in UTF-16 of the other order', async () => {
      const content = Buffer.from(`\uFEFF${log}`, 'utf16le').swap16();
      const before = Buffer.from(content);
      const { findings, masked } = await casebook.evidence.secretsIn(content, 'en');
      assert.equal(findings.length, 2);
      const after = Buffer.from(masked()).swap16().toString('utf16le');
      assert.ok(after.startsWith('\uFEFF10:00 INFO start\r\n10:01 DEBUG password=<password>'));
      assert.deepEqual(content, before);
    });

    it('are found in a log that begins with a hole', async () => {
      const hole = Buffer.concat([Buffer.alloc(20_000), Buffer.from(log)]);
      const { findings, masked } = await casebook.evidence.secretsIn(hole, 'en');
      assert.equal(findings.length, 2);
      assert.deepEqual(Buffer.from(masked()).subarray(0, 20_000), Buffer.alloc(20_000));
    });

    it('are found in UTF-16, as PowerShell writes it', async () => {
      const { findings, masked } = await casebook.evidence.secretsIn(Buffer.from(`\uFEFF${log}`, 'utf16le'), 'en');
      assert.equal(findings.length, 2);
      assert.ok(
        Buffer.from(masked())
          .toString('utf16le')
          .startsWith('\uFEFF10:00 INFO start\r\n10:01 DEBUG password=<password>'),
      );
    });

    it('are masked in other encodings without touching their letters', async () => {
      // GBK of "密" is c3 dc
      const gbk = Buffer.concat([
        Buffer.from([0xc3, 0xdc]),
        Buffer.from(' password=Sup3rS3cret!x '),
        Buffer.from([0xc2, 0xeb]),
      ]);
      const { findings, masked } = await casebook.evidence.secretsIn(gbk, 'zh-CN');
      assert.equal(findings.length, 1);
      const expected = Buffer.concat([
        Buffer.from([0xc3, 0xdc]),
        Buffer.from(' password=<password> '),
        Buffer.from([0xc2, 0xeb]),
      ]);
      assert.ok(Buffer.from(masked()).equals(expected));
    });

    it('are not looked for in what is no text', async () => {
      const picture = Buffer.concat([
        Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]),
        Buffer.from('password=Sup3rS3cret!x'),
      ]);
      assert.equal((await casebook.evidence.secretsIn(picture, 'en')).findings.length, 0);
    });
  });
});
