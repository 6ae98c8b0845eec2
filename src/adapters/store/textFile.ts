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
  if (first === 0xff && second === 0xfe) return utf16(content);
  if (content.subarray(0, SNIFFED).includes(0)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return { text, isUnicode: true, bytesOf: (changed) => Buffer.from(changed, 'utf8') };
  } catch {
    const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1');
    return { text, isUnicode: false, bytesOf: (changed) => Buffer.from(changed, 'latin1') };
  }
}

/** Little endian, which is what Windows writes; the mark at the beginning stays. */
function utf16(content: Uint8Array): TextFile {
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf16le');
  return { text, isUnicode: true, bytesOf: (changed) => Buffer.from(changed, 'utf16le') };
}
