/** What an intake foresees for a customer, and what one line says. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as fc from 'fast-check';
import { type CasebookSettings, defaultSettings } from '../../../src/domain/casebook';
import {
  type Intake,
  type IntakeKey,
  intakeKeys,
  keysAsked,
  offersFor,
  type Past,
} from '../../../src/domain/intake/predict';
import { readQuickLine } from '../../../src/domain/intake/quickLine';
import type { CaseSummary } from '../../../src/domain/summary';
import { summary } from '../cases/summaries';

const now = Date.parse('2026-11-22T16:00:00+08:00');
const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();
const used = (days: number, given: Partial<CaseSummary>): CaseSummary =>
  summary(`ISS-${days}`, { receivedAt: daysAgo(days), ...given });

const settings: CasebookSettings = {
  ...defaultSettings,
  customers: [{ name: 'Acme', contacts: ['Tom', 'Sarah'] }, { name: '南海食品' }, { name: 'Acme Logistics' }],
  products: [
    { name: 'ERP', versions: ['8.2.1', '8.3.0', '8.3.1'] },
    { name: 'Hub', versions: ['2.9.0'] },
  ],
  channels: ['Phone', 'Mail'],
};
const values = (key: IntakeKey, known: Intake, cases: readonly CaseSummary[]) =>
  offersFor(key, known, { cases, settings, now }).map(({ value }) => value);

describe('What an intake foresees', () => {
  const acme = (days: number, given: Partial<CaseSummary> = {}) =>
    used(days, { customer: 'Acme', product: 'ERP', version: '8.2.1', channel: 'Mail', contact: 'Tom', ...given });

  it('the customer who called often and lately comes first, the rest of the list after', () => {
    const cases = [used(400, { customer: '南海食品' }), used(401, { customer: '南海食品' }), acme(3)];
    assert.deepEqual(values('customer', {}, cases), ['Acme', '南海食品', 'Acme Logistics']);
  });

  it('version: the last one that the customer used there, not the most used one', () => {
    const cases = [acme(90), acme(80), acme(70), acme(2, { version: '8.3.0' })];
    const known = { customer: 'Acme', product: 'ERP' };
    assert.deepEqual(values('version', known, cases), ['8.3.0', '8.2.1', '8.3.1']);
    assert.deepEqual(values('version', { customer: '南海食品', product: 'ERP' }, []), ['8.3.1', '8.3.0', '8.2.1']);
    assert.deepEqual(values('version', { customer: 'Acme', product: 'Hub' }, cases), ['2.9.0']);
    assert.deepEqual(values('version', { customer: 'Acme', product: 'unheard of' }, cases), []);
  });

  it('channel and contact: the usual one of this customer', () => {
    const cases = [
      acme(50),
      acme(40),
      acme(1, { channel: 'Phone', contact: 'Sarah' }),
      used(1, { customer: 'B', channel: 'Phone' }),
    ];
    assert.equal(values('channel', { customer: 'Acme' }, cases)[0], 'Mail');
    assert.deepEqual(values('contact', { customer: 'Acme', product: 'ERP' }, cases), ['Tom', 'Sarah']);
    assert.deepEqual(values('contact', { customer: 'B' }, cases), [], 'contacts of others are nobody here');
  });

  it('type: as the product has it, without the customer too', () => {
    const cases = [used(9, { customer: 'B', product: 'ERP', problemType: 'Data' })];
    assert.equal(values('problemType', { customer: 'Acme', product: 'ERP' }, cases)[0], 'Data');
    assert.deepEqual(keysAsked('request').includes('problemType'), false);
  });

  it('offers each value once, every one of them known, those with uses first in each circle', () => {
    const name = fc.constantFrom('', 'Acme', '南海食品', 'x ');
    const past = fc.array(
      fc.record({
        customer: name,
        product: fc.constantFrom('ERP', 'Hub', ''),
        version: fc.constantFrom('1', '2', ''),
        channel: name,
        contact: name,
        problemType: name,
        days: fc.integer({ min: -5, max: 900 }),
      }),
    );
    fc.assert(
      fc.property(past, fc.constantFrom(...intakeKeys), name, (entries, key, customer) => {
        const cases = entries.map(({ days, ...given }) => used(days, given));
        const around: Past = { cases, settings, now };
        const offers = offersFor(key, { customer, product: 'ERP' }, around);
        assert.equal(new Set(offers.map(({ value }) => value)).size, offers.length);
        for (const { value, uses, lastAt } of offers) {
          assert.ok(value.trim() !== '');
          assert.equal(uses === 0, lastAt === '');
          if (uses > 0) assert.ok(cases.some((each) => each[key].trim() === value));
        }
        const ranks = offers.map(({ uses }) => (uses > 0 ? 0 : 1));
        assert.deepEqual(
          ranks,
          ranks.toSorted((a, b) => a - b),
        );
      }),
    );
  });
});

describe('An intake in one line', () => {
  const line = (text: string) => {
    const { title, intake } = readQuickLine(text, settings, []);
    return { title, ...intake };
  };

  it('customer, product and version by their signs, wherever they stand', () => {
    assert.deepEqual(line('CSV garbled @Acme #ERP 8.3.1'), {
      title: 'CSV garbled',
      customer: 'Acme',
      product: 'ERP',
      version: '8.3.1',
    });
    assert.deepEqual(line('@Acme Logistics CSV garbled'), { title: 'CSV garbled', customer: 'Acme Logistics' });
    assert.deepEqual(line('导出乱码@南海 ＃8.3.0'), {
      title: '导出乱码',
      customer: '南海食品',
      product: 'ERP',
      version: '8.3.0',
    });
    assert.deepEqual(line('CSV #hub v3.0.1 broken'), { title: 'CSV broken', product: 'Hub', version: 'v3.0.1' });
  });

  it('what names nothing stays in the title', () => {
    for (const text of [
      'mail to a@acme.com fails',
      'see issue #12',
      'C# client hangs',
      '@nobody knows',
      'starts @ 10:00',
      '#',
      '@',
      'a @Ac b',
    ]) {
      assert.deepEqual(line(text), { title: text });
    }
  });

  it('loses no word of the title', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '@Acme', '#ERP', '#8.3.1', '@x', '导出', '#', 'b@c'), { maxLength: 8 }),
        (words) => {
          const { title } = readQuickLine(words.join(' '), settings, []);
          for (const word of words.filter((each) => ['a', '导出', '@x', 'b@c'].includes(each)))
            assert.ok(title.includes(word));
        },
      ),
    );
  });
});
