/** Names of attachments: ordinary files on every system, inside the case's folder wherever they came from. */

/** UTF-8 bytes; file systems allow 255, and a casebook may lie deep. */
const LONGEST = 120;

/** Whatever an extension calls itself longer than this is part of the name: UTF-8 bytes, dot included. */
const LONGEST_EXTENSION = 20;

/** Windows keeps these for devices, whatever follows the first dot. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i;

/**
 * Letters of any script stay. Folders before the name are cut off, control and direction characters vanish, what Windows
 * forbids becomes a hyphen. Never empty, hidden, a device's name, or ending in a dot. A safe name stays as it is.
 * @param raw as another system, a clipboard or a log gives it
 */
export function safeName(raw: string, fallback = 'file'): string {
  const last = raw.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const kept = trimmed(
    last
      .normalize('NFC')
      .replace(/\p{C}/gu, '')
      .replace(/\s+/gu, ' ')
      .replace(/[<>:"|?*]/g, '-'),
  );
  if (kept === '') return fallback;
  return shortened(RESERVED.test(kept) ? `_${kept}` : kept, '');
}

/** True for what may name a file in a case's folder: nothing else that a log says is ever looked for. */
export function isSafeName(name: string): boolean {
  return name !== '' && safeName(name, '') === name;
}

/** The name, or the first of "name (2).log", "name (3).log" … that no file has, whatever the case of its letters. */
export function freeName(name: string, taken: Iterable<string>): string {
  const known = new Set(Array.from(taken, folded));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : shortened(name, ` (${number})`);
    if (!known.has(folded(candidate))) return candidate;
  }
}

export type AttachmentKind = 'image' | 'log' | 'other';

const IMAGES = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'avif']);
const LOGS = new Set(['log', 'txt', 'out', 'err', 'trace', 'csv', 'json', 'xml', 'yaml', 'yml', 'conf', 'ini', 'sql']);

/** By its extension; what a file really is shows when it is opened. */
export function kindOfFile(name: string): AttachmentKind {
  const extension = extensionOf(name).slice(1).toLowerCase();
  // "server.log.1", "catalina.out.2026-11-22": rolled over
  if (LOGS.has(extension) || /\.(?:log|out)[.-][\d.-]+$/i.test(name)) return 'log';
  return IMAGES.has(extension) ? 'image' : 'other';
}

/** From the last dot on; empty where there is none, or where what follows is no extension. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  return extension.length > 1 && !extension.includes(' ') && bytesIn(extension) <= LONGEST_EXTENSION ? extension : '';
}

/** Makes room for `suffix` before the extension. */
function shortened(name: string, suffix: string): string {
  const extension = extensionOf(name);
  const stem = name.slice(0, name.length - extension.length);
  const room = LONGEST - bytesIn(extension) - bytesIn(suffix);
  let kept = '';
  let size = 0;
  for (const character of stem) {
    size += bytesIn(character);
    if (size > room) break;
    kept += character;
  }
  const cut = kept === stem ? stem : kept.replace(/[. ]+$/, '');
  return `${cut}${suffix}${extension}`;
}

/** Windows drops dots and blanks at the end; a dot at the beginning hides a file. */
const trimmed = (text: string) => text.replace(/^[. ]+|[. ]+$/g, '');

/** Windows and macOS hold "A.log" and "a.log" for one file. */
const folded = (name: string) => name.normalize('NFC').toLowerCase();

function bytesIn(text: string): number {
  let size = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return size;
}
