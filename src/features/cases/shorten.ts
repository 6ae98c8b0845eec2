/** Titles in a narrow row. Free of vscode. */

/** Of a title, so that a side bar of the usual width still shows what presses; the tooltip has it all. */
export const TITLE_COLUMNS = 36;

/** Chinese, Japanese and Korean letters and full-width signs take the place of two others. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** The beginning of a text that fits into so many columns, with "…" where something is left out. */
export function shorten(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  let withDots = 0;
  for (const letter of text) {
    width += WIDE.test(letter) ? 2 : 1;
    end += letter.length;
    if (width > columns) return `${text.slice(0, withDots).trimEnd()}…`;
    if (width < columns) withDots = end;
  }
  return text;
}
