import assert from 'node:assert/strict';
import { looksLikeLog, movedTo, rowsFromText } from '../../../src/features/caseForm/view/lists';

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
    ['options and abbreviations stay', 'e.g. a report\nC: is full', ['e.g. a report', 'C: is full']],
    ['nested numbers', '1. Open\n1.1 the menu\n1.2 the report\n2. Run', ['Open', 'the menu', 'the report', 'Run']],
    ['nested numbers of one chapter', '2.1 Open\n2.2. Run\n  2.2.1 Wait', ['Open', 'Run', 'Wait']],
    ['nested numbers with a mark', '1.1、打开\n1.2）运行\n1.3) wait', ['打开', '运行', 'wait']],
    ['Chinese numerals', '一、打开\n二、运行\n（三）等待\n十一、关闭', ['打开', '运行', '等待', '关闭']],
    ['Chinese words stay', '一台服务器\n三次之后失败', ['一台服务器', '三次之后失败']],
    ['steps by Chinese ordinals', '第一步：打开\n第 2 步 运行', ['打开', '运行']],
    ['half brackets, full width', '1）打开\n2）运行', ['打开', '运行']],
    ['circles and brackets in one sign', '❶打开\n⑵ 运行\n㈢等待', ['打开', '运行', '等待']],
    ['letters', 'a) open\n(b) run', ['open', 'run']],
    ['numbers in a column of their own', '1\tOpen\n2.\tRun\n\t- wait', ['Open', 'Run', 'wait']],
    ['nothing', ' \n ', []],
  ];
  for (const [name, text, rows] of lists) {
    it(name, () => assert.deepEqual(rowsFromText(text), rows));
  }

  it('puts a row at another place, and leaves the rows where there is no such place', () => {
    assert.deepEqual(movedTo(['a', 'b', 'c'], 2, 0), ['c', 'a', 'b']);
    assert.deepEqual(movedTo(['a', 'b', 'c'], 0, 2), ['b', 'c', 'a']);
    assert.deepEqual(movedTo(['a', 'b'], 0, -1), ['a', 'b']);
    assert.deepEqual(movedTo(['a', 'b'], 1, 2), ['a', 'b']);
    assert.deepEqual(movedTo(['a', 'b'], 2, 0), ['a', 'b']);
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
