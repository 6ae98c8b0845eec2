import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { itemsOf } from '../../../src/domain/environment/items';
import { latest, looksLikeOutput, type Output, readOutputs } from '../../../src/domain/environment/reading';
import { snapshotParts } from '../../../src/domain/environment/snapshot';

const folder = 'test/unit/environment/outputs';
const names = readdirSync(folder).map((name) => name.replace('.txt', ''));
const output = (name: string) => readFileSync(join(folder, `${name}.txt`), 'utf8');

function only(text: string): Output {
  const outputs = readOutputs(text);
  assert.equal(outputs.length, 1);
  return outputs[0] as Output;
}

/** The block alone, without the terminal around it. */
const block = (name: string) => /=====\[ CASE[\s\S]*END \]=====/.exec(output(name))?.[0] ?? '';

describe("a collector's output", () => {
  it('of an old server reads as an engineer would write it', () => {
    const { snapshot, lost } = only(output('centos6'));
    assert.deepEqual(lost, []);
    assert.equal(snapshot.notBefore, 1795328400000);
    assert.deepEqual(itemsOf(snapshot, 0, 'en'), {
      cpu: '8 × Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz, load 6.10 5.90 5.20, 76 % busy',
      memory: '31.0 of 32.0 GB used (97 %), swap 1.0 of 8.0 GB used (13 %)',
      disk: '/ 92 % of 50 GB; /dev/shm 100 % of 64 MB; /data/pg archive 41 % of 1 TB, inodes 99 %; nfs4 /mnt/backup not measured',
      users: '2: root pts/0 2026-11-22 09:00 (10.2.3.4); li pts/1 2026-11-22 13:40 (10.2.3.9)',
      os: 'CentOS release 6.10 (Final), Linux 2.6.32-754.el6.x86_64 x86_64, up 150 d',
      processes: 'postgres ×42 610 % CPU, up to 4 GB; java 13 % CPU, 2 GB; sshd 0 % CPU, 10 MB',
      clock: 'db01: 2026-11-22 14:25:11 (UTC+08:00, Asia/Shanghai)',
    });
  });

  it('reads as well in Chinese', () => {
    assert.deepEqual(itemsOf(only(output('centos6')).snapshot, -125 * 60_000, 'zh-CN'), {
      cpu: '8 × Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz，负载 6.10 5.90 5.20，使用率 76 %',
      memory: '已用 31.0 / 32.0 GB（97 %），交换空间已用 1.0 / 8.0 GB（13 %）',
      disk: '/ 已用 92 %，共 50 GB；/dev/shm 已用 100 %，共 64 MB；/data/pg archive 已用 41 %，共 1 TB，inode 已用 99 %；nfs4 /mnt/backup 未测量',
      users: '2 个会话：root pts/0 2026-11-22 09:00 (10.2.3.4)；li pts/1 2026-11-22 13:40 (10.2.3.9)',
      os: 'CentOS release 6.10 (Final)，Linux 2.6.32-754.el6.x86_64 x86_64，已运行 150 天',
      processes: 'postgres ×42 CPU 610 %，最大 4 GB；java CPU 13 %，2 GB；sshd CPU 0 %，10 MB',
      clock: 'db01：2026-11-22 14:25:11（UTC+08:00, Asia/Shanghai），比工程师的时钟至少慢 2 小时 5 分钟',
    });
  });

  it('of a container tells its limits, and what the image lacks', () => {
    const { snapshot, lost } = only(output('alpine-limited'));
    const items = itemsOf(snapshot, 0, 'en');
    assert.match(items.cpu ?? '', /; container: 1.98 of 2 cores used$/);
    assert.equal(
      items.memory,
      '125.8 of 251.7 GB used (50 %), swap 0; container: 2.0 of 2.0 GB used (99 %); 3 processes killed for want of memory',
    );
    assert.match(items.os ?? '', /in a container \(kubernetes\), up 1 d$/);
    assert.equal(items.users, undefined);
    assert.deepEqual(snapshot.missing, [{ part: 'users', reason: 'no who' }]);
    assert.deepEqual(lost, []);
  });

  it('of Windows is read alike', () => {
    const { snapshot, lost } = only(output('windows2019'));
    const items = itemsOf(snapshot, 0, 'en');
    assert.deepEqual(lost, []);
    assert.equal(items.cpu, '20 × Intel(R) Xeon(R) Silver 4210 CPU @ 2.20GHz, 35 % busy');
    assert.equal(items.disk, 'C: 88 % of 99.5 GB; D: 12 % of 2 TB');
    assert.match(items.users ?? '', /^2: administrator rdp-tcp#3 .*; 张伟 3 断开/);
    assert.equal(items.clock, 'ERP-SRV2: 2026-11-22 14:25:11 (UTC+08:00, China Standard Time)');
  });

  it('recorded from the collector itself is whole', () => {
    const { snapshot, lost } = only(output('debian12-container'));
    assert.deepEqual([lost, snapshot.missing], [[], []]);
    assert.equal(itemsOf(snapshot, 0, 'en').users, 'nobody is logged in');
  });

  const damage: Readonly<Record<string, (text: string) => string>> = {
    'with Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
    'with old line ends': (text) => text.replaceAll('\n', '\r'),
    'quoted in a mail': (text) => text.replaceAll(/^/gm, '> > '),
    indented: (text) => text.replaceAll(/^/gm, '    '),
    'coloured by a terminal': (text) => text.replaceAll(/^(\S+)/gm, '\u001B[1;32m$1\u001B[0m'),
    'with a title that the terminal was given': (text) => `\u001B]0;root@db01\u0007${text}`,
    'from a web page': (text) => text.replaceAll(' ', '\u00A0').replaceAll('\n', '\u200B\n'),
    'with full-width colons and capitals': (text) =>
      text.replaceAll(/^([a-z])([a-z.]+): /gm, (_, a, b) => `${String(a).toUpperCase()}${b}：`),
    'between other words': (text) => `你好，输出如下：\n\n${text}\n\nhost: is ours, 谢谢`,
    'with an empty line after each': (text) => text.replaceAll('\n', '\n\n'),
  };
  for (const [how, change] of Object.entries(damage)) {
    it(`is the same ${how}`, () => {
      for (const name of names) assert.deepEqual(only(change(block(name))), only(block(name)), name);
    });
  }

  it('is put together again where a mail wrapped it', () => {
    const wrapped = block('centos6').replaceAll(/^(.{40,60}) (.*)$/gm, '$1\n$2');
    assert.notEqual(wrapped, block('centos6'));
    assert.deepEqual(only(wrapped), only(block('centos6')));
  });

  it('with its lower half cut off fills what is left and names what was lost', () => {
    const whole = block('centos6');
    const { snapshot, lost } = only(whole.slice(0, whole.indexOf('/dev/shm')));
    // the line that was cut says nothing
    assert.deepEqual(
      snapshot.disks.map(({ mount }) => mount),
      ['/'],
    );
    assert.deepEqual(lost, ['users', 'processes']);
  });

  it('with its upper half cut off fills what is left and names what was lost', () => {
    const whole = block('centos6');
    const { snapshot, lost } = only(whole.slice(whole.indexOf('emory.available')));
    assert.equal(snapshot.disks.length, 3);
    assert.deepEqual(lost, ['clock', 'os', 'cpu', 'memory']);
  });

  it('cut off at both ends is still recognised by its lines', () => {
    const whole = block('centos6');
    const { lost } = only(whole.slice(whole.indexOf('cpu.model'), whole.indexOf('share:')));
    assert.deepEqual(lost, ['clock', 'os', 'users', 'processes']);
  });

  it('with a user cut out of the middle names the users', () => {
    assert.deepEqual(only(block('centos6').replace(/user: li.*\n/, '')).lost, ['users']);
  });

  it('of another format is read as far as it can be', () => {
    const { unknownFormat, snapshot } = only(block('centos6').replaceAll('ENVIRONMENT 1', 'ENVIRONMENT 7'));
    assert.equal(unknownFormat, '7');
    assert.equal(snapshot.cpu.count, 8);
  });

  it('of several the latest is taken, wherever it stands', () => {
    const later = block('centos6')
      .replace('epoch: 1795328711', 'epoch: 1795328999')
      .replace('host: db01', 'host: db02');
    for (const text of [`${later}\n\n${block('centos6')}`, `${block('windows2019')}\n${later}`]) {
      const outputs = readOutputs(text);
      assert.equal(outputs.length, 2);
      assert.equal(latest(outputs)?.snapshot.host, 'db02');
    }
    assert.equal(latest([]), undefined);
  });

  it('is not seen in other texts', () => {
    const script = readFileSync('media/collector/casebook-collect.sh', 'utf8');
    const powerShell = readFileSync('media/collector/casebook-collect.ps1', 'utf8');
    for (const text of ['', 'The disk: it is full.\nmemory: low', 'cpu.count: many', script, powerShell]) {
      assert.deepEqual(readOutputs(text), [], text.slice(0, 40));
      assert.equal(looksLikeOutput(text), false);
    }
  });

  it('is found after the echo of the pasted script', () => {
    const script = readFileSync('media/collector/casebook-collect.sh', 'utf8').replaceAll(/^/gm, '> ');
    assert.deepEqual(only(`${script}\n${output('centos6')}`), only(output('centos6')));
  });

  it('never throws, however it is cut, mixed and overwritten', () => {
    const anyPart = fc
      .tuple(fc.constantFrom(...names), fc.nat(1500), fc.nat(1500), fc.string({ maxLength: 8 }))
      .map(([name, from, length, noise]) => `${output(name).slice(from, from + length)}${noise}`);
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 4 }), (parts) => {
        for (const { snapshot, lost } of readOutputs(parts.join('\n'))) {
          assert.ok(lost.every((part) => snapshotParts.includes(part)));
          for (const language of ['en', 'zh-CN'] as const) {
            for (const [key, value] of Object.entries(itemsOf(snapshot, 0, language))) {
              assert.doesNotMatch(value, /undefined|NaN|\{\d\}|^\s*$/, key);
            }
          }
        }
      }),
      // each run reads several outputs in both languages
      { numRuns: 50 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readOutputs(text).length >= 0));
  });
});
