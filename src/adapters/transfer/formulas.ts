/** Spreadsheets calculate a cell of a text file that begins like a formula, whoever wrote it. */

/** Full-width signs count: some spreadsheets read them as the others. */
const FORMULA = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/** A quote before it keeps a formula from being one; what looks as if it had been guarded gets one more. */
export function guard(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** As it was before `guard`. */
export function unguard(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}
