/** Texts that people wrote, made safe for the formats that they are put into. */
import { printable } from '../../domain/report/plainText';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and attributes of XML and HTML. */
export function escapeXml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** For a quoted string of a style sheet, inside a style element. */
export function escapeCss(text: string): string {
  return printable(text).replace(
    /[^\p{L}\p{N} .,:;()（），·–-]/gu,
    (sign) => `\\${sign.codePointAt(0)?.toString(16) ?? ''} `,
  );
}
