/** Finding a case among thousands while somebody types. Free of vscode. */
import { statusWords, urgencyWords } from '../../domain/caseWords';
import type { CaseSummary } from '../../domain/summary';
import { w, type Words } from '../../domain/words';

/** Everything of a case that is looked through, in small letters; made once for each summary. */
const texts = new WeakMap<CaseSummary, string>();

function textOf(summary: CaseSummary): string {
  let text = texts.get(summary);
  if (text === undefined) {
    const { title, id, ticketKey, customer, product, version, owner, tags } = summary;
    const told = [title, id, ticketKey, customer, `${product} ${version}`, owner, ...tags];
    text = plain([...told, ...standing(summary).flatMap(({ en, zh }) => [en, zh])].join('\n'));
    texts.set(summary, text);
  }
  return text;
}

/** How it stands, in whichever language somebody asks for it. */
function standing({ status, urgency, conflicts }: CaseSummary): readonly Words[] {
  const words = [status === 'open' ? urgencyWords(urgency) : statusWords[status]];
  return conflicts > 0 ? [...words, inConflict] : words;
}

const inConflict = w('conflict', '冲突');

/** Capitals and full-width letters count as the plain ones. */
function plain(text: string): string {
  // most texts have none, and to normalize them would cost most of the time
  return (/[\u3000\uff00-\uffef]/.test(text) ? text.normalize('NFKC') : text).toLowerCase();
}

/** Makes ready what the first letter would otherwise wait for. */
export function prepareToFind(summaries: readonly CaseSummary[]): void {
  for (const summary of summaries) textOf(summary);
}

export interface Finding {
  /** The best first, no more than asked for. */
  readonly cases: readonly CaseSummary[];
  /** How many there are. */
  readonly total: number;
}

/**
 * Cases in which every word that was typed occurs. First those whose id or ticket it is, then those whose title begins
 * with it, then those whose title holds it; open ones before the others, the last changed first.
 */
export function findCases(summaries: readonly CaseSummary[], typed: string, most: number): Finding {
  const wanted = plain(typed).trim();
  const words = wanted.split(/\s+/).filter((word) => word !== '');
  const holds = (summary: CaseSummary) => {
    const text = textOf(summary);
    return words.every((word) => text.includes(word));
  };
  const found = words.length === 0 ? summaries : summaries.filter(holds);
  return { cases: best(found, wanted, most), total: found.length };
}

/** The first few without sorting all of them. */
function best(found: readonly CaseSummary[], wanted: string, most: number): CaseSummary[] {
  const ranks = Array.from({ length: RANKS }, (): CaseSummary[] => []);
  for (const summary of found) ranks[rankOf(summary, wanted)]?.push(summary);
  const chosen: CaseSummary[] = [];
  for (const cases of ranks) {
    if (chosen.length >= most) break;
    chosen.push(...cases.toSorted(latestFirst).slice(0, most - chosen.length));
  }
  return chosen;
}

const RANKS = 8;

function rankOf(summary: CaseSummary, wanted: string): number {
  const past = summary.status === 'open' ? 0 : 1;
  if (wanted === '') return past;
  const is = (text: string) => text.toLowerCase() === wanted;
  if (is(summary.id) || is(summary.ticketKey)) return past;
  const at = textOf(summary).indexOf(wanted);
  if (at === 0) return 2 + past;
  return (at > 0 && at < summary.title.length ? 4 : 6) + past;
}

/** By text: only of cases that changed on one day in two time zones may the wrong one come first. */
const latestFirst = (a: CaseSummary, b: CaseSummary) =>
  a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0;
