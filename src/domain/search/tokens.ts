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

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}々〇ー]/u;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const HUMP = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu;
/** Signs that hold a code together: a.b.C$1, ORA-00942, /dev/shm, C:\Windows, key@host, std::string. */
const JOINTS = '-_.:/\\@$#+~';
const MOST_JOINTS = 3;
const TIME = /^\d{1,2}:\d{2}(?::|$)/;
/** Longer ones are hashes, keys and packed data: nobody types them, and each would be a term of its own. */
const LONGEST = 64;
/** Shorter humps of a camelCase name say nothing by themselves. */
const SHORTEST_HUMP = 3;

/** What a character is to a text; found out once for each, since texts are long. */
type Sort = 1 | 2 | 3 | 4;
const OTHER = 1;
const JOINT = 2;
const SPACED = 3;
const PAIRED = 4;
const sorts = new Uint8Array(0x11_0000);

function sortAt(text: string, at: number): Sort {
  const point = text.codePointAt(at) ?? 0;
  const known = sorts[point] as Sort | 0;
  if (known > 0) return known as Sort;
  const character = String.fromCodePoint(point);
  const isWord = LETTER.test(character) || UNSPACED.test(character);
  const sort = isWord ? (UNSPACED.test(character) ? PAIRED : SPACED) : JOINTS.includes(character) ? JOINT : OTHER;
  sorts[point] = sort;
  return sort;
}

const widthAt = (text: string, at: number) => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** Where the run of characters of this sort ends. */
function endOf(text: string, at: number, sort: Sort): number {
  let end = at;
  while (end < text.length && sortAt(text, end) === sort) end += widthAt(text, end);
  return end;
}

/** Every token, in the order of the text; those of one place follow the whole that they are parts of. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const folded = halfWidth(text);
  for (let at = 0; at < folded.length;) {
    const sort = sortAt(folded, at);
    if (sort === PAIRED) {
      const end = endOf(folded, at, PAIRED);
      addPairs(tokens, folded.slice(at, end), at);
      at = end;
    } else if (sort === SPACED) {
      at = addWord(tokens, folded, at);
    } else {
      at += widthAt(folded, at);
    }
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
  return word
    .normalize('NFKD')
    .replace(/[\p{M}\s]/gu, '')
    .normalize('NFKC')
    .toLowerCase();
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

type Span = readonly [start: number, end: number];

/** Pieces that joints hold together. */
function piecesAt(text: string, at: number): Span[] {
  const pieces: Span[] = [];
  for (let start = at; ;) {
    const end = endOf(text, start, SPACED);
    pieces.push([start, end]);
    let next = end;
    while (next < end + MOST_JOINTS && next < text.length && sortAt(text, next) === JOINT) next += 1;
    if (next === end || next >= text.length || sortAt(text, next) !== SPACED) return pieces;
    start = next;
  }
}

/** The usual word, of small letters and digits, without the work that others need. @returns false for another one */
function addPlain(tokens: Token[], text: string, start: number, end: number): boolean {
  let kind: TokenKind = 'word';
  for (let at = start; at < end; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x30 && unit <= 0x39) kind = 'code';
    else if (unit < 0x61 || unit > 0x7a) return false;
  }
  const after = text.charAt(end);
  if (after === '+' || after === '#' || end - start > LONGEST) return false;
  tokens.push({ term: text.slice(start, end), kind, start, end });
  return true;
}

/** @returns where the word ends */
function addWord(tokens: Token[], text: string, at: number): number {
  const pieces = piecesAt(text, at);
  if (pieces.length === 1 && addPlain(tokens, text, at, pieces[0]?.[1] ?? at)) return pieces[0]?.[1] ?? at;
  let end = pieces.at(-1)?.[1] ?? at;
  if (text.startsWith('++', end)) end += 2;
  else if (text.charAt(end) === '#') end += 1;
  const word = text.slice(at, end);
  const isWhole = pieces.length > 1 || word.length > (pieces[0]?.[1] ?? at) - at;
  if (isWhole) {
    if (TIME.test(word)) return end;
    add(tokens, word, 'code', at);
    // "ora00942" is what some type for ORA-00942, and "utf8" for UTF-8
    const joined = pieces.map((piece) => text.slice(...piece)).join('');
    if (pieces.length === 2 && joined.length === word.length - 1) add(tokens, word, 'code', at, joined);
  }
  for (const [start, until] of pieces) {
    const piece = text.slice(start, until);
    // the numbers of a version or an address say nothing by themselves
    if (isWhole && /^\d{1,2}$/.test(piece)) continue;
    add(tokens, piece, /\p{N}/u.test(piece) ? 'code' : 'word', start);
    if (/^[a-z0-9]*$/.test(piece)) continue;
    const humps = [...piece.matchAll(HUMP)];
    if (humps.length < 2) continue;
    for (const { 0: hump, index: offset } of humps) {
      if (hump.length >= SHORTEST_HUMP) add(tokens, hump, 'word', start + offset);
    }
  }
  return end;
}

function add(tokens: Token[], written: string, kind: TokenKind, start: number, term = written): void {
  const folded = fold(term);
  // a mark without its letter is nothing
  if (folded !== '' && term.length <= LONGEST) {
    tokens.push({ term: folded, kind, start, end: start + written.length });
  }
}
