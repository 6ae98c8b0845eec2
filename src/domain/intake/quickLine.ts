/**
 * A whole intake in one line: "CSV export garbled @Acme #ERP 8.3.1". Customer behind "@", product and version behind
 * "#"; everything else is the title. A sign that names nothing stays in the title: mail addresses, "issue #12", "C#".
 */
import type { CasebookSettings } from '../casebook';
import type { CaseSummary } from '../summary';
import type { Intake } from './predict';

export interface QuickLine {
  readonly title: string;
  readonly intake: Intake;
}

/** At the beginning of a word; behind a Chinese character nobody types a blank. */
const SIGN = /(?<=^|[\s\p{Script=Han}，。；：！？、）)])[@#＠＃]/u;
const VERSION = /^v?\d+(?:\.\d+)+[\w.+-]*/i;

/** @param cases whose customers and products count as known too */
export function readQuickLine(line: string, settings: CasebookSettings, cases: readonly CaseSummary[]): QuickLine {
  if (!SIGN.test(line)) return { title: line.replace(/\s+/g, ' ').trim(), intake: {} };
  const customers = unique([...settings.customers.map(({ name }) => name), ...cases.map(({ customer }) => customer)]);
  const products = unique([...settings.products.map(({ name }) => name), ...cases.map(({ product }) => product)]);
  const intake: { customer?: string; product?: string; version?: string } = {};
  let rest = line.replace(/\s+/g, ' ');
  rest = replaced(rest, '@＠', (after) => {
    const known = knownAt(after, customers);
    if (intake.customer !== undefined || known === undefined) return 0;
    intake.customer = known.name;
    return known.length;
  });
  rest = replaced(rest, '#＃', (after) => {
    const product = intake.product === undefined ? knownAt(after, products) : undefined;
    const blank = product === undefined ? 0 : (/^ /.exec(after.slice(product.length))?.[0].length ?? 0);
    const skipped = product === undefined ? 0 : product.length + blank;
    const version = intake.version === undefined ? VERSION.exec(after.slice(skipped))?.[0] : undefined;
    if (product !== undefined) intake.product = product.name;
    if (version !== undefined) intake.version = version.replace(/[.+-]+$/, '');
    if (product === undefined && version === undefined) return 0;
    return version === undefined ? (product?.length ?? 0) : skipped + version.length;
  });
  if (intake.product === undefined && intake.version !== undefined) {
    const holders = settings.products.filter(({ versions }) => versions.includes(intake.version ?? ''));
    if (holders.length === 1 && holders[0]) intake.product = holders[0].name;
  }
  return { title: rest.replace(/\s+/g, ' ').trim(), intake };
}

/** Takes away each of these signs, with as many characters behind it as `take` says; 0: stays. */
function replaced(line: string, signs: string, take: (after: string) => number): string {
  let result = '';
  let last = 0;
  for (const { index } of line.matchAll(new RegExp(SIGN.source, 'gu'))) {
    const length = index >= last && signs.includes(line.charAt(index)) ? take(line.slice(index + 1)) : 0;
    if (length === 0) continue;
    result += `${line.slice(last, index)} `;
    last = index + 1 + length;
  }
  return result + line.slice(last);
}

/** The longest known name that stands there, else the one name that the word there begins. */
function knownAt(after: string, names: readonly string[]): { name: string; length: number } | undefined {
  const lower = after.toLowerCase();
  const whole = names
    .filter((name) => lower.startsWith(name.toLowerCase()) && /^$|^[\s,，;；#@＃＠]/.test(after.slice(name.length)))
    .toSorted((a, b) => b.length - a.length)[0];
  if (whole !== undefined) return { name: whole, length: whole.length };
  const word = /^[^\s,，;；#@＃＠]+/.exec(lower)?.[0] ?? '';
  if (word === '') return undefined;
  const begun = names.filter((name) => name.toLowerCase().startsWith(word));
  return begun.length === 1 && begun[0] !== undefined ? { name: begun[0], length: word.length } : undefined;
}

const unique = (names: readonly string[]) => [...new Set(names.filter((name) => name.trim() !== ''))];
