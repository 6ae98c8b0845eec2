import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { freeName, isSafeName, kindOfFile, safeName } from '../../../src/domain/attachments/names';

const SEED = 20261122;
const bytes = (text: string) => Buffer.byteLength(text, 'utf8');
const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .tuple(
      fc.constantFrom('CON', 'nul', 'a', '截图', ' x', '..', '../..', 'C:\\', 'COM¹', '\u202e', '.'),
      fc.constantFrom('', '.', '.log', '. ', '.tar.gz', '.log\u0000', '/b', ':stream', ' (2).png'),
    )
    .map((parts) => parts.join('')),
);

describe('names of attachments', () => {
  for (const [raw, name] of [
    ['错误截图 2026-11-22.png', '错误截图 2026-11-22.png'],
    ['C:\\Users\\Li\\app.log', 'app.log'],
    ['../../etc/passwd', 'passwd'],
    ['/var/log/', 'log'],
    ['a:b|c?.log', 'a-b-c-.log'],
    ['trailing. . ', 'trailing'],
    ['.env', 'env'],
    ['NUL.txt', '_NUL.txt'],
    ['aux', '_aux'],
    ['console.log', 'console.log'],
    ['gpj.\u202etxt', 'gpj.txt'],
    ['e\u0301.log', 'é.log'],
    ['..', 'file'],
    ['', 'file'],
  ] as const) {
    it(`makes ${JSON.stringify(raw)} into ${JSON.stringify(name)}`, () => assert.equal(safeName(raw), name));
  }

  it('are short enough for every file system, and keep their extension', () => {
    const name = safeName(`${'日志'.repeat(60)}.log`);
    assert.ok(bytes(name) <= 120 && bytes(name) > 115, `${bytes(name)} bytes`);
    assert.ok(name.endsWith('志.log') || name.endsWith('日.log'));
  });

  it('whatever the raw name: safe, as it is when made safe again, in no other folder', () => {
    fc.assert(
      fc.property(anyName, (raw) => {
        const name = safeName(raw);
        assert.ok(isSafeName(name), JSON.stringify(name));
        assert.equal(safeName(name), name);
        assert.ok(bytes(name) <= 120);
        assert.doesNotMatch(name, /[/\\<>:"|?*]|\p{C}|^[. ]|[. ]$/u);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  it('get a number where another file has the name, however it is written', () => {
    assert.equal(freeName('app.log', []), 'app.log');
    assert.equal(freeName('app.log', ['APP.log']), 'app (2).log');
    assert.equal(freeName('app.log', ['app.log', 'app (2).log']), 'app (3).log');
    assert.equal(freeName('README', ['readme']), 'README (2)');
    fc.assert(
      fc.property(anyName, fc.nat(12), (raw, more) => {
        const taken: string[] = [];
        for (let turn = 0; turn <= more; turn += 1) taken.push(freeName(safeName(raw), taken));
        assert.equal(new Set(taken.map((name) => name.normalize('NFC').toLowerCase())).size, taken.length);
        for (const name of taken) assert.ok(isSafeName(name) && bytes(name) <= 120, JSON.stringify(name));
      }),
      { seed: SEED },
    );
  });

  it('say by their extension what they are', () => {
    assert.equal(kindOfFile('a.PNG'), 'image');
    assert.equal(kindOfFile('server.log.1'), 'log');
    assert.equal(kindOfFile('heap.hprof'), 'other');
    assert.equal(kindOfFile('drawing.svg'), 'other');
  });
});
