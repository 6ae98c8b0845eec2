/** ZenTao keeps text as HTML, and most installations can't store characters of four bytes. */
import { unescapeHtml } from '../../../domain/tickets/formats';

/** What a person would read: paragraphs apart, a line per list item and table row. */
export function plainText(html: string): string {
  const lists: (number | undefined)[] = [];
  let text = '';
  let isPreformatted = false;
  let isFirstCell = true;
  for (const [token, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^<>]*>|<!--[^]*?-->|[^<]+|</gi)) {
    const tag = name.toLowerCase();
    const isOpening = slash === '';
    if (tag === '') {
      if (token.startsWith('<!--')) continue;
      const words = decode(token);
      text += isPreformatted ? words : words.replace(/\s+/g, ' ').replace(/^ (?=.)/, /\s$/.test(text) ? '' : ' ');
    } else if (tag === 'br') text += '\n';
    else if (tag === 'img' && isOpening) text += '[image]';
    else if (tag === 'ol' || tag === 'ul') {
      if (isOpening) lists.push(tag === 'ol' ? 0 : undefined);
      else lists.pop();
      text += '\n';
    } else if (tag === 'li' && isOpening) {
      const number = lists.pop();
      lists.push(number === undefined ? undefined : number + 1);
      text += number === undefined ? '\n- ' : `\n${number + 1}. `;
    } else if (tag === 'tr') {
      isFirstCell = true;
      if (isOpening) text += '\n';
    } else if ((tag === 'td' || tag === 'th') && isOpening) {
      if (!isFirstCell) text += ' | ';
      isFirstCell = false;
    } else if (/^(?:p|div|h[1-6]|pre|blockquote|table|hr)$/.test(tag)) {
      if (tag === 'pre') isPreformatted = isOpening;
      text += '\n';
    }
  }
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|\w+);/gi, (whole, decimal?: string, hex?: string) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : unescapeHtml(whole);
  });
}

/** Whether this text is in that HTML, however the server changed spaces and tags. */
export function holds(keptHtml: string, sentHtml: string): boolean {
  const squeeze = (html: string) => plainText(html).replace(/\s+/g, '');
  return squeeze(keptHtml).includes(squeeze(sentHtml));
}

const FOUR_BYTES = /[\u{10000}-\u{10FFFF}]/gu;

const named = (character: string) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}]`;

/** A database set to three-byte UTF-8 makes "????" of emoji and rare Chinese characters; their number says which it was. */
export function storable(text: string): string {
  return text.replace(FOUR_BYTES, named);
}

/** "😀 → [U+1F600]", each once; empty for none. */
export function replacedIn(text: string): string {
  const found = new Set(Array.from(text.matchAll(FOUR_BYTES), ([character]) => character));
  return [...found].map((character) => `${character} → ${named(character)}`).join(' ');
}
