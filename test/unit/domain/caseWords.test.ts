import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dueWords, pressWords, shortDistanceWords, stepWords, urgencyWords } from '../../../src/domain/caseWords';
import type { Due } from '../../../src/domain/dues';

const now = Date.parse('2026-11-22T12:00:00+08:00');
const hours = (count: number): string => new Date(now + count * 3_600_000).toISOString();
const due = (count: number, kind: Due['kind'] = 'followUp'): Due => ({ kind, at: hours(count) });

describe('The words of a list', () => {
  it('say how far away what is due is, in minutes, hours and days', () => {
    assert.equal(dueWords(due(0.5), now).en, 'follow up in 30 min');
    assert.equal(dueWords(due(-3), now).en, 'follow-up overdue 3 h');
    assert.equal(dueWords(due(-72), now).zh, '跟进已逾期 3 天');
  });

  it('begin a row with what presses now, and with nothing else: a title has room', () => {
    assert.equal(pressWords(due(-20), now)?.en, '20 h over');
    assert.equal(pressWords(due(-20), now)?.zh, '逾期 20 小时');
    assert.equal(pressWords(due(3), now)?.en, 'in 3 h');
    assert.equal(pressWords(due(5), now), undefined);
    assert.equal(pressWords(due(-50), now), undefined);
    assert.equal(pressWords(undefined, now), undefined);
    assert.equal(pressWords(due(2, 'appointment'), now)?.zh, '2 小时后');
    assert.equal(pressWords(due(-2, 'appointment'), now), undefined, 'an appointment that began is not late');
  });

  it('are short under a heading that says "overdue"', () => {
    assert.equal(shortDistanceWords(due(-50), now).en, '2 d');
    assert.equal(shortDistanceWords(due(-1), now).zh, '1 小时');
    assert.equal(shortDistanceWords(due(3), now).en, 'in 3 h');
    assert.equal(shortDistanceWords(due(-2, 'appointment'), now).en, 'began 2 h ago');
  });

  it('name what a log may hold, and no more', () => {
    assert.equal(stepWords({ kind: 'issue', step: '9.9' }).en, '9.9');
    assert.deepEqual(urgencyWords('very'), { en: '', zh: '' });
  });
});
