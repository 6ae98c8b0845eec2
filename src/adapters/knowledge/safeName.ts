/** Names that every file system takes as one ordinary file or folder. */

const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/i;
const LONGEST = 80;
/** File systems allow 255 bytes; the extension and a number still have to fit. */
const LONGEST_BYTES = 230;

/**
 * Letters of any script stay; separators, control characters and what Windows forbids become hyphens. Never empty,
 * never dots only, never hidden, never a name that Windows keeps for a device.
 */
export function safeName(text: string, fallback: string): string {
  const kept = text
    .normalize('NFC')
    .replace(/\p{C}/gu, ' ')
    .replace(/[\s/\\:*?"<>|]+/gu, '-')
    .replace(/-{2,}/g, '-');
  const name = trim(shorten(trim(kept)));
  if (name === '') return fallback;
  return RESERVED.test(name) || name.toLowerCase() === 'node_modules' ? `_${name}` : name;
}

const trim = (text: string) => text.replace(/^[.\-\s]+|[.\-\s]+$/gu, '');

function shorten(text: string): string {
  let name = '';
  for (const character of Array.from(text).slice(0, LONGEST - 1)) {
    if (Buffer.byteLength(name + character) > LONGEST_BYTES) break;
    name += character;
  }
  return name;
}
