/** Precision and recall of the check before publishing, on texts of which every finding is known. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { secretScanner } from '../../../src/adapters/secrets/secretScanner';
import { defaultSettings } from '../../../src/domain/casebook';
import { finderOf } from '../../../src/domain/redaction/articleCheck';
import { namesInSettings } from '../../../src/domain/redaction/names';
import { precision, readLabelled, recall, score, type Score } from './labelled';

const names = namesInSettings({
  ...defaultSettings,
  customers: [
    { name: '东海银行股份有限公司', contacts: ['王芳（科技部）'] },
    { name: 'Acme Logistics Ltd', contacts: ['Dana Wu'] },
  ],
  people: [{ name: '李伟', mail: 'li.wei@vendor.cn', role: 'SE' }, { name: 'Chen Hao' }],
});
const find = finderOf({ known: { names, versions: new Set(['5.2.1.7']) }, secrets: secretScanner });

function print(name: string, texts: number, { byKind, total, faults }: Score): void {
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`.padStart(8);
  const row = (label: string, one: typeof total) =>
    `      ${label.padEnd(18)}${percent(precision(one))}${percent(recall(one))}${String(one.found + one.missed).padStart(6)}`;
  console.log(`      ${`${name}, ${texts} texts`.padEnd(18)}precision  recall  spots`);
  for (const [kind, one] of [...byKind].toSorted(([a], [b]) => a.localeCompare(b))) console.log(row(kind, one));
  console.log(row('all', total));
  for (const fault of faults) console.log(`      - ${fault.replaceAll('\n', '\\n')}`);
}

describe('The check on labelled texts', () => {
  const known = ['zh.txt', 'en.txt', 'mixed.txt', 'negatives.txt'].flatMap(readLabelled);

  it('finds what is marked and little else', async () => {
    const result = await score(known, find);
    print('known', known.length, result);
    assert.ok(known.length >= 150);
    assert.ok(precision(result.total) >= 0.97 && recall(result.total) >= 0.97);
    for (const [kind, one] of result.byKind) {
      assert.ok(precision(one) >= 0.85 && recall(one) >= 0.85, kind);
    }
  });

  it('holds up on texts that it was not made for', async () => {
    const unseen = readLabelled('unseen.txt');
    const result = await score(unseen, find);
    print('unseen', unseen.length, result);
    assert.ok(precision(result.total) >= 0.95 && recall(result.total) >= 0.95);
  });
});
