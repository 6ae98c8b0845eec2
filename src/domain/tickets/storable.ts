/** Characters that no ticket system keeps: of control, and halves of a pair. */

export interface Storable {
  readonly text: string;
  /** What stands for what: "U+001B → �"; empty where all can be kept. */
  readonly replaced: string;
}

export function storable(text: string): Storable {
  const found = new Set<string>();
  const kept = Array.from(text.replace(/\r\n?/g, '\n'), (character) => {
    if (!isLost(character.codePointAt(0) ?? 0)) return character;
    found.add(character);
    return '\uFFFD';
  });
  return { text: kept.join(''), replaced: [...found].map((character) => `${nameOf(character)} → \uFFFD`).join(', ') };
}

/** @param code taken by whole characters, so that a half of a pair is one that stands alone */
const isLost = (code: number) =>
  (code < 0x20 && code !== 0x09 && code !== 0x0a) ||
  code === 0x7f ||
  (code >= 0xd800 && code <= 0xdfff) ||
  code === 0xfffe ||
  code === 0xffff;

const nameOf = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
