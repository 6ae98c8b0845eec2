import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { skewOf, span } from '../../../src/domain/environment/clock';
import { fillIn, replaced, undone } from '../../../src/domain/environment/fillIn';

describe('filling the environment in', () => {
  const found = { cpu: '8 cores', memory: '31 GB', users: 'root', os: 'CentOS 7' };

  it('fills empty items only, and names those that hold something else', () => {
    const known = {
      cpu: { value: 'high' },
      memory: { value: '31 GB' },
      users: { cannot: 'no login' },
      disk: { value: '/' },
    };
    const filling = fillIn(known, found);
    assert.deepEqual(filling.filled, ['os']);
    assert.deepEqual(filling.taken, ['cpu', 'users']);
    assert.deepEqual(filling.environment, { ...known, os: { value: 'CentOS 7' } });
    assert.deepEqual(replaced(filling.environment, found, filling.taken), {
      cpu: { value: '8 cores' },
      memory: { value: '31 GB' },
      disk: { value: '/' },
      users: { value: 'root' },
      os: { value: 'CentOS 7' },
    });
  });

  it('is undone item by item: what was changed by hand since stays', () => {
    const before = { cpu: { value: 'high' }, users: { cannot: 'no login' } };
    const { environment, filled, taken } = fillIn(before, found);
    const now = {
      ...replaced(environment, found, taken),
      memory: { value: '31 GB, growing' },
      logs: { value: 'ERROR' },
    };
    assert.deepEqual(undone(now, before, found, [...filled, ...taken]), {
      ...before,
      memory: { value: '31 GB, growing' },
      logs: { value: 'ERROR' },
    });
  });

  it('takes blanks, and a mark without a reason, for empty', () => {
    assert.deepEqual(fillIn({ cpu: { value: '  ' }, users: { cannot: '' } }, found).taken, []);
  });
});

describe("a server's clock", () => {
  const at = '2026-11-22T14:02:00+08:00';
  const taken = Date.parse(at);
  const minutes = (count: number) => count * 60_000;

  it('is ahead when its output comes from the future', () => {
    assert.equal(skewOf(at, undefined, taken - minutes(3)), minutes(3));
    assert.equal(skewOf(at, taken - minutes(9), taken - minutes(3)), minutes(3));
  });

  it('is behind when it ran before it was copied', () => {
    assert.equal(skewOf(at, taken + minutes(5), taken + minutes(7)), -minutes(5));
  });

  it('may be right in between, however long the output lay about', () => {
    assert.equal(skewOf(at, taken - minutes(2), taken + minutes(600)), 0);
    assert.equal(skewOf(at, undefined, taken + minutes(600)), 0);
    assert.equal(skewOf(at, taken + 30_000, taken + minutes(1)), 0);
    assert.equal(skewOf(at, taken + minutes(90), taken + minutes(1)), 0);
    assert.equal(skewOf('', undefined, 0), 0);
  });

  it('is told in spans that a person would use', () => {
    assert.equal(span(-minutes(3)).en, '3 min');
    assert.equal(span(minutes(125)).zh, '2 小时 5 分钟');
    assert.equal(span(minutes(60)).en, '1 h');
    assert.equal(span(minutes(1440 * 12 + 180)).en, '12 d 3 h');
  });
});
