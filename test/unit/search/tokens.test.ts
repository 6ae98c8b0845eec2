/** The terms of a text: what an index holds and what a query asks it for. */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { queryTermsOf } from '../../../src/domain/search/terms';
import { termsOf, tokensOf } from '../../../src/domain/search/tokens';

const letterOf = (letters: string) => fc.constantFrom(...Array.from(letters));

describe('search terms', () => {
  const examples: readonly [string, string[]][] = [
    ['共享内存不足', ['共享', '享内', '内存', '存不', '不足']],
    ['锁', ['锁']],
    ['𠮷野家', ['𠮷野', '野家']],
    ['导出CSV乱码', ['导出', 'csv', '乱码']],
    ['ＰｏｓｔｇｒｅＳＱＬ', ['postgresql', 'postgre', 'sql']],
    ['café Straße', ['cafe', 'straße']],
    ['ORA-00942', ['ora-00942', 'ora00942', 'ora', '00942']],
    ['报错：ORA－00942，请', ['报错', 'ora-00942', 'ora00942', 'ora', '00942', '请']],
    ['0xC0000005', ['0xc0000005']],
    [
      'java.lang.OutOfMemoryError: Metaspace',
      ['java.lang.outofmemoryerror', 'java', 'lang', 'outofmemoryerror', 'out', 'memory', 'error', 'metaspace'],
    ],
    ['/dev/shm', ['dev/shm', 'devshm', 'dev', 'shm']],
    ['C:\\Windows\\System32', ['c:\\windows\\system32', 'c', 'windows', 'system32']],
    ['version 3.2.1', ['version', '3.2.1']],
    ['max_connections=200', ['max_connections', 'maxconnections', 'max', 'connections', '200']],
    ['C++ and C#', ['c++', 'c', 'and', 'c#', 'c']],
    ['09:35:50 HTTP 502', ['http', '502']],
    ['x'.repeat(100), []],
    ['', []],
    ['，。！？…… --- ```', []],
  ];
  for (const [text, terms] of examples) {
    it(`of ${text.slice(0, 40) || 'nothing'}`, () => assert.deepEqual(termsOf(text), terms));
  }

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: letterOf('中文内存Ａa1.-_:/\\ ，\n𠮷é'), maxLength: 60 }),
  );

  it('stand where they are said to stand, in order, and are never empty or long', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let before = 0;
        for (const { term, start, end } of tokensOf(text)) {
          assert.ok(term.length > 0, text);
          assert.ok(start >= 0 && start < end && end <= text.length);
          assert.doesNotMatch(term, /[\sA-ZＡ-Ｚ]/);
          before = Math.max(before, start);
        }
      }),
    );
  });

  it('do not depend on capitals or full width', () => {
    fc.assert(
      fc.property(fc.string({ unit: letterOf('abzAZ019 中文_-.'), maxLength: 40 }), (text) => {
        const wide = text.replace(/[A-Za-z0-9]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
        assert.deepEqual(termsOf(wide), termsOf(text));
      }),
    );
  });

  it('of two texts side by side are those of both', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        assert.deepEqual(termsOf(`${a} ${b}`.replaceAll('\0', ' ')), [
          ...termsOf(a.replaceAll('\0', ' ')),
          ...termsOf(b.replaceAll('\0', ' ')),
        ]);
      }),
    );
  });
});

describe('query terms', () => {
  const byTerm = (text: string) => new Map(queryTermsOf(text).map((term) => [term.term, term]));

  it('forgive misspelt words and never codes', () => {
    const terms = byTerm('conection ORA-00942 shm timeout 8.3.1');
    assert.equal(terms.get('conection')?.typos, 2);
    assert.equal(terms.get('timeout')?.typos, 1);
    assert.deepEqual(
      ['shm', 'ora-00942', '8.3.1'].map((term) => terms.get(term)?.typos),
      [0, 0, 0],
    );
  });

  it('take what is being typed for a beginning', () => {
    assert.equal(byTerm('kafka re').get('re')?.prefix, true);
    assert.equal(byTerm('re kafka ').get('re')?.prefix, false);
    assert.equal(byTerm('锁').get('锁')?.prefix, true);
    assert.equal(byTerm('死锁').get('死锁')?.prefix, false);
  });

  it('leave out what every text holds, unless there is nothing else', () => {
    assert.deepEqual(
      queryTermsOf('the service is down').map(({ term }) => term),
      ['service', 'down'],
    );
    assert.deepEqual(
      queryTermsOf('the scanner logs itself out after every scan').map(({ term }) => term),
      ['scanner', 'logs', 'out', 'scan'],
    );
    assert.deepEqual(
      queryTermsOf('to be').map(({ term }) => term),
      ['to', 'be'],
    );
  });

  it('ask for the codes of a long text first', () => {
    const long = `${'今天上午十点以后所有页面都打不开了，'.repeat(20)}${Array.from({ length: 60 }, (_, index) => String.fromCharCode(0x4e00 + index * 7)).join('')} DH-5012`;
    const terms = queryTermsOf(long);
    assert.ok(terms.length <= 40);
    assert.equal(terms[0]?.term, 'dh-5012');
  });
});
