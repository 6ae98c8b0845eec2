/**
 * Text as the terms of a search index. Chinese has no blanks, so its characters count in pairs; words are folded
 * (case, full width, accents); codes, paths and versions count as a whole and in their parts.
 */

export type TokenKind =
  /** Two neighbouring characters of a script without blanks, or one that stands alone. */
  | 'pair'
  /** Letters only: may be misspelt. */
  | 'word'
  /** Holds digits or signs: means exactly itself. */
  | 'code';

export interface Token {
  readonly term: string;
  readonly kind: TokenKind;
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}々〇ー';
const LETTER = `(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])`;
/** Signs that hold a code together: a.b.C$1, ORA-00942, /dev/shm, C:\Windows, key@host, std::string. */
const JOINT = '[-_.:/\\\\@$#+~]{1,3}';
const RUN = new RegExp(
  `(?<pairs>[${UNSPACED}]+)|(?<word>${LETTER}+(?:${JOINT}${LETTER}+)*(?:\\+\\+|#(?!${LETTER}))?)`,
  'gu',
);
const PIECE = new RegExp(`${LETTER}+`, 'gu');
const HUMP = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu;
const TIME = /^\d{1,2}:\d{2}(?::|$)/;
/** Longer ones are hashes, keys and packed data: nobody types them, and each would be a term of its own. */
const LONGEST = 64;
/** Shorter humps of a camelCase name say nothing by themselves. */
const SHORTEST_HUMP = 3;

/** Every token, in the order of the text; those of one place follow the whole that they are parts of. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const folded = halfWidth(text);
  for (const match of folded.matchAll(RUN)) {
    const { pairs, word } = match.groups ?? {};
    if (pairs !== undefined) addPairs(tokens, pairs, match.index);
    else if (word !== undefined) addWord(tokens, word, match.index);
  }
  return tokens;
}

/** The terms alone, as an index takes them. */
export function termsOf(text: string): string[] {
  return tokensOf(text).map(({ term }) => term);
}

/** Letters, digits and joints of full width as their common form; one unit each, so that places stay. */
function halfWidth(text: string): string {
  return text.replace(/[－．／＼＿＠＃＋０-９Ａ-Ｚａ-ｚ]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

function fold(word: string): string {
  // plain ASCII needs no more, and most words are that
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0000-\u007F]*$/.test(word)) return word.toLowerCase();
  return word.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFKC').toLowerCase();
}

function addPairs(tokens: Token[], run: string, at: number): void {
  let before = '';
  let place = at;
  for (const character of run) {
    if (before !== '') {
      const start = place - before.length;
      tokens.push({ term: before + character, kind: 'pair', start, end: place + character.length });
    } else if (character.length === run.length) {
      tokens.push({ term: character, kind: 'pair', start: at, end: at + run.length });
    }
    before = character;
    place += character.length;
  }
}

function addWord(tokens: Token[], word: string, at: number): void {
  if (TIME.test(word)) return;
  const pieces = [...word.matchAll(PIECE)];
  const isWhole = pieces.length === 1 && pieces[0]?.[0].length === word.length;
  if (!isWhole) add(tokens, word, 'code', at);
  // "ora00942" is what some type for ORA-00942, and "utf8" for UTF-8
  const joined = pieces.map(([piece]) => piece).join('');
  if (pieces.length === 2 && joined.length === word.length - 1) add(tokens, word, 'code', at, joined);
  for (const { 0: piece, index } of pieces) {
    const start = at + index;
    // the numbers of a version or an address say nothing by themselves
    if (!isWhole && /^\d{1,2}$/.test(piece)) continue;
    add(tokens, piece, /\p{N}/u.test(piece) ? 'code' : 'word', start);
    const humps = [...piece.matchAll(HUMP)];
    if (humps.length < 2) continue;
    for (const { 0: hump, index: offset } of humps) {
      if (hump.length >= SHORTEST_HUMP) add(tokens, hump, 'word', start + offset);
    }
  }
}

function add(tokens: Token[], written: string, kind: TokenKind, start: number, term = written): void {
  if (term.length <= LONGEST) tokens.push({ term: fold(term), kind, start, end: start + written.length });
}
