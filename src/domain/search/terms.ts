/** What was typed, as the terms that an index is asked for. */
import { type Token, type TokenKind, tokensOf } from './tokens';

export interface QueryTerm {
  readonly term: string;
  readonly kind: TokenKind;
  /** What begins with it counts too. */
  readonly prefix: boolean;
  /** It may still be being typed. */
  readonly open: boolean;
  /** Letters that may be wrong, missing or too many. */
  readonly typos: number;
}

/** A pasted log is asked for by this many terms: more cost time and say nothing new. */
const MOST = 40;

/** So common that they only cost time, unless nothing else was typed. */
const STOP = new Set(
  'a after again all also an and any are as at be been before but by can do does each every for from had has have how i if in into is it its itself just me my no not of on only or our since so some still than that the their them then there they this to until was we were what when where which while who why will with you your'.split(
    ' ',
  ),
);

export function queryTermsOf(text: string): QueryTerm[] {
  const tokens = tokensOf(text);
  const telling = tokens.filter(({ term }) => !STOP.has(term));
  const kept = unique(telling.length > 0 ? telling : tokens);
  const last = tokens.at(-1);
  // what is still being typed may be the beginning of any word
  const open = last && /[\p{L}\p{N}]$/u.test(text) ? last.term : '';
  return mostTelling(kept).map(({ term, kind }) => ({
    term,
    kind,
    prefix: kind === 'pair' ? Array.from(term).length === 1 : term === open || term.length > 2,
    open: term === open,
    typos: kind === 'word' && /^\p{ASCII}*$/u.test(term) ? typosIn(term) : 0,
  }));
}

/** A short word with another letter is another word. */
const typosIn = (term: string) => (term.length < 5 ? 0 : term.length < 9 ? 1 : 2);

function unique(tokens: readonly Token[]): Token[] {
  const byTerm = new Map<string, Token>();
  for (const token of tokens) if (!byTerm.has(token.term)) byTerm.set(token.term, token);
  return [...byTerm.values()];
}

/** Codes say most, then words; of equals those that come first. */
function mostTelling(tokens: readonly Token[]): readonly Token[] {
  if (tokens.length <= MOST) return tokens;
  const rank = { code: 0, word: 1, pair: 2 };
  return tokens.toSorted((a, b) => rank[a.kind] - rank[b.kind]).slice(0, MOST);
}
