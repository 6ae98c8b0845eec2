/** Rows out of a pasted list, whatever numbered it. */

const CHINESE = '[一二三四五六七八九十]{1,3}';

const MARKERS = [
  // "- [ ] open", "• open"
  /^[-*+•·▪◦–—]\s+(\[[ xX]\]\s+)?/,
  // "1. open", "2)打开", but not the version "3.2.1"
  /^[(（]?\d{1,3}[.)）](?!\d)\s*/,
  // "1、打开", "1．打开", "1.2、打开"
  /^\d{1,3}(\.\d{1,2})*[、．]\s*/,
  // "1.2) open"
  /^[(（]?\d{1,2}(\.\d{1,2})+[)）]\s*/,
  // "1: open", but not the time "10:30"
  /^\d{1,3}[:：](?!\d)\s*/,
  // out of a table: the number stands in a column of its own
  /^\d{1,3}\t\s*/,
  // "a) open"
  /^[(（]?[a-zA-Z][)）]\s*/,
  // "一、打开", "（二）运行"
  new RegExp(`^([(（]${CHINESE}[)）]|${CHINESE}[、.．)）])\\s*`),
  // "第一步：打开", "第2步 运行"
  new RegExp(`^第\\s*(${CHINESE}|\\d{1,3})\\s*步\\s*[:：、，,.]?\\s*`),
  /^[①-⑳⑴-⒇❶-❿㈠-㈩]\s*/,
  /^(step|步骤)\s*\d{1,3}\s*[.:：、)）-]?\s*/i,
];

/** Every line that says something becomes a row, without the mark that numbered it. */
export function rowsFromText(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const numbers = new Set(lines.map(numberOf));
  return lines.map((line) => withoutMarker(line, numbers)).filter((line) => line !== '');
}

const NESTED = /^(\d{1,2}(?:\.\d{1,2})+)\.?\s+/;

/** "1.2" of "1.2 open", "1" of "1. open"; empty where a line has no such number. */
function numberOf(line: string): string {
  return NESTED.exec(line)?.[1] ?? /^(\d{1,2})[.、)）]/.exec(line)?.[1] ?? '';
}

/** "1.2" numbers a line only beside "1.1" or under "1.": standing alone, "3.2 is installed" names a version. */
function isNested(number: string, numbers: ReadonlySet<string>): boolean {
  const parts = number.split('.').map(Number);
  const last = parts.at(-1) ?? 0;
  const parent = parts.slice(0, -1).join('.');
  return last > 1 ? numbers.has(`${parent}.${last - 1}`) : numbers.has(parent) || numbers.has(`${parent}.2`);
}

function withoutMarker(line: string, numbers: ReadonlySet<string>): string {
  const nested = NESTED.exec(line);
  if (nested) return isNested(nested[1] ?? '', numbers) ? line.slice(nested[0].length).trim() : line;
  const marker = MARKERS.find((candidate) => candidate.test(line));
  return marker === undefined ? line : line.replace(marker, '').trim();
}

/** The rows after the one at `from` was put at `to`; the same rows where there is no such place. */
export function movedTo<T>(rows: readonly T[], from: number, to: number): T[] {
  if (from < 0 || from >= rows.length || to < 0 || to >= rows.length) return [...rows];
  return rows.toSpliced(from, 1).toSpliced(to, 0, ...rows.slice(from, from + 1));
}

/** Log lines and stack traces are read by column, so they are shown in a fixed-width font. */
export function looksLikeLog(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const marked = lines.filter((line) =>
    /^\s*(at\s+\S+\(|\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}|\[\d{2}:\d{2}:\d{2}|(ERROR|WARN|INFO|DEBUG|FATAL)\b|Caused by:|Traceback|\$ |[\w.]+(Exception|Error):)/.test(
      line,
    ),
  );
  return marked.length > 0 && marked.length * 3 >= lines.length;
}
