import assert from 'node:assert/strict';
import { looksLikeLog, moved, rowsFromText } from '../../../src/features/caseForm/view/lists';

describe('pasting a list into rows', () => {
  const lists: readonly (readonly [string, string, readonly string[]])[] = [
    ['numbered with dots', '1. Open\n2. Run\n3. Wait', ['Open', 'Run', 'Wait']],
    ['numbered in Chinese', '1、打开报表\n2、点击运行\n（3）等待', ['打开报表', '点击运行', '等待']],
    ['numbered without a space', '1.打开\n2)运行', ['打开', '运行']],
    ['circled numbers', '①打开\n② 运行', ['打开', '运行']],
    ['steps by name', 'Step 1: open\n步骤2：运行', ['open', '运行']],
    ['bullets and boxes', '- one\n* two\n• three\n- [x] four', ['one', 'two', 'three', 'four']],
    ['blank lines and Windows line ends', 'a\r\n\r\n  b  \r\n', ['a', 'b']],
    [
      'versions, addresses and times stay whole',
      '3.2.1 is installed\n10.2.3.4 answers\n10:30 it fails',
      ['3.2.1 is installed', '10.2.3.4 answers', '10:30 it fails'],
    ],
    ['options of a command stay', '-v for more\n2 users', ['-v for more', '2 users']],
    ['nothing', ' \n ', []],
  ];
  for (const [name, text, rows] of lists) {
    it(name, () => assert.deepEqual(rowsFromText(text), rows));
  }

  it('moves a row and stops at the ends', () => {
    assert.deepEqual(moved(['a', 'b', 'c'], 2, -1), ['a', 'c', 'b']);
    assert.deepEqual(moved(['a', 'b', 'c'], 0, 1), ['b', 'a', 'c']);
    assert.deepEqual(moved(['a', 'b'], 0, -1), ['a', 'b']);
    assert.deepEqual(moved(['a', 'b'], 1, 1), ['a', 'b']);
  });
});

describe('telling a log from prose', () => {
  it('by its times, levels and stack traces', () => {
    assert.equal(looksLikeLog('2026-11-22 09:01:12 ERROR: no space left\nmore of it'), true);
    assert.equal(looksLikeLog('java.lang.NullPointerException: x\n  at a.b.C(D.java:1)'), true);
    assert.equal(looksLikeLog('The report fails since Monday.\nIt worked before.'), false);
    assert.equal(looksLikeLog(''), false);
  });
});
