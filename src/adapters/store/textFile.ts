/** Tells text from other bytes, in the encodings that logs come in. */
import type { TextFile } from '../../domain/ports';

/** A picture or an archive has a zero within its first bytes, a text none at all. */
const SNIFFED = 8_192;

/**
 * UTF-8 and UTF-16 (as PowerShell writes it). Other encodings, such as GBK, keep ASCII as it is: their bytes are read
 * one by one, and written back as they were.
 */
export function textIn(content: Uint8Array): TextFile | undefined {
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return utf16(content, (bytes) => bytes);
  if (first === 0xfe && second === 0xff) return utf16(content, swapped);
  const begin = beginOf(content);
  if (content.subarray(begin, begin + SNIFFED).includes(0)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return { text, isUnicode: true, bytesOf: (changed) => Buffer.from(changed, 'utf8') };
  } catch {
    const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1');
    return { text, isUnicode: false, bytesOf: (changed) => Buffer.from(changed, 'latin1') };
  }
}

/** A log that was emptied while a program wrote it begins with a hole: zeros up to where the program went on. */
function beginOf(content: Uint8Array): number {
  let at = 0;
  while (at < content.length && content[at] === 0) at += 1;
  return at === content.length ? 0 : at;
}

/** The mark at the beginning stays. @param inOrder to little endian, as Windows writes it, and back; not in place */
function utf16(content: Uint8Array, inOrder: (bytes: Uint8Array) => Uint8Array): TextFile {
  const text = Buffer.from(inOrder(content)).toString('utf16le');
  return { text, isUnicode: true, bytesOf: (changed) => inOrder(Buffer.from(changed, 'utf16le')) };
}

function swapped(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
}
