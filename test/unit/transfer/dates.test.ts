import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ZoneTime } from '../../../src/domain/report/calendar';
import { DateReader, orderOf } from '../../../src/domain/transfer/dates';

const shanghai = new ZoneTime('Asia/Shanghai');
const paris = new ZoneTime('Europe/Paris');
const read = (text: string, order: 'dmy' | 'mdy' = 'dmy', zone = shanghai) => new DateReader(order, zone).read(text);
const two = (value: number) => String(value).padStart(2, '0');

describe('dates of imported files', () => {
  it('reads the forms of spreadsheets, ticket systems and people', () => {
    const same = [
      '2016-02-29 13:16',
      '2016-02-29T13:16',
      '2016/2/29 13:16:00',
      '2016.02.29 13:16',
      '2016年2月29日 13:16',
      '2016年2月29日13时16分',
      '2016年2月29日 下午1:16',
      '2016-02-29 星期一 13:16',
      '29-02-2016 13:16',
      '29/02/2016 1:16 PM',
      '29.02.2016 13:16',
      '29/02/16 13:16',
      '29 Feb 2016 13:16',
      '29-Feb-16 1:16 pm',
      'February 29, 2016 1:16 PM',
      'Mon, 29 Feb 2016 05:16:00 GMT',
      '20160229131600',
      '20160229T131600',
      '1456722960',
      '1456722960000',
      '42429.5527777778',
      '2016-02-29T05:16:00Z',
      '2016-02-29 13:16:00+08',
      '2016-02-29 05:16:00.000 +00',
      '2016-02-29T05:16:00.000Z',
    ];
    for (const text of same) assert.equal(Date.parse(read(text) ?? ''), Date.parse('2016-02-29T13:16:00+08:00'), text);
    assert.equal(read('2016-02-29T13:16:00-03:00'), '2016-02-29T13:16:00-03:00', 'an offset that is written stays');
    assert.equal(read('2016-02-29'), '2016-02-29T00:00:00+08:00');
    assert.equal(read('02/29/2016 13:16', 'mdy'), '2016-02-29T13:16:00+08:00');
  });

  it('takes nothing for a date that is none', () => {
    for (const text of [
      '',
      '31-02-2016',
      '2016-13-01',
      '2016-02-29 25:00',
      '29/02/2016 13:61',
      'soon',
      '12',
      '3.2.1',
      '2016-02-29-05',
      '1/2',
      '0-0-0',
      '2016-02-29 13:16 ago',
      '2016-02-29T13:16+19:00',
    ]) {
      assert.equal(read(text), undefined, text);
    }
    assert.equal(read('02/29/2016', 'dmy'), undefined);
    assert.equal(read('29/02/2016', 'mdy'), undefined);
  });

  it('asks where nothing in the column tells day from month', () => {
    assert.equal(orderOf(['01-02-2016', '29-02-2016', '']), 'dmy');
    assert.equal(orderOf(['01/02/2016 10:00', '02/29/2016 10:00']), 'mdy');
    assert.equal(orderOf(['01/02/2016', '11/12/2016']), 'either');
    assert.equal(orderOf(['29/02/2016', '02/29/2016']), 'mixed');
    assert.equal(orderOf(['05/05/2016', '2016-02-29', '?']), 'none');
    // what is no date in either order says nothing of the others
    assert.equal(orderOf(['2026-11-22', '2026-11-23 10:00', '33.13.2026', '0.5.2026']), 'none');
    assert.equal(orderOf(['02/28/2016', '30/02/2016']), 'mdy');
  });

  it('knows the clocks of the zone: an hour that is skipped, and one that comes twice', () => {
    assert.equal(read('2026-03-29 01:30', 'dmy', paris), '2026-03-29T01:30:00+01:00');
    assert.equal(read('2026-03-29 02:30', 'dmy', paris), '2026-03-29T03:00:00+02:00');
    assert.equal(read('2026-10-25 02:30', 'dmy', paris), '2026-10-25T02:30:00+02:00');
    assert.equal(read('2026-10-25 03:30', 'dmy', paris), '2026-10-25T03:30:00+01:00');
  });

  it('reads back every moment in every form, whatever the order and zone', () => {
    const moments = fc.integer({ min: Date.UTC(1990, 0) / 1_000, max: Date.UTC(2060, 0) / 1_000 });
    const zones = fc.constantFrom('Asia/Shanghai', 'America/Sao_Paulo', 'UTC', 'Asia/Kolkata');
    fc.assert(
      fc.property(moments, zones, fc.constantFrom('dmy' as const, 'mdy' as const), (second, name, order) => {
        const zone = new ZoneTime(name);
        const instant = second * 1_000;
        const local = new Date(instant + zone.offsetAt(instant));
        const [y, m, d] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
        const clock = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
        // an hour that comes twice is taken for the first
        fc.pre(
          zone.instantOf(Math.floor(local.getTime() / 86_400_000), (local.getTime() % 86_400_000) / 60_000) === instant,
        );
        const numbers = order === 'dmy' ? `${d}/${m}/${y}` : `${m}/${d}/${y}`;
        for (const text of [
          `${y}-${two(m)}-${two(d)} ${clock}`,
          `${y}年${m}月${d}日 ${clock}`,
          `${numbers} ${clock}`,
        ]) {
          assert.equal(Date.parse(read(text, order, zone) ?? ''), instant, text);
        }
      }),
    );
  });

  it('never throws, and gives nothing but instants', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d/:. +年月日-]{0,24}$/)), (text) => {
        const found = read(text);
        assert.ok(found === undefined || !Number.isNaN(Date.parse(found)));
      }),
    );
  });
});
