/** Rows out of a pasted list, whatever numbered it. */

const MARKERS = [
  // "- [ ] open", "• open"
  /^[-*+•·▪◦–—]\s+(\[[ xX]\]\s+)?/,
  // "1. open", "2)打开", but not the version "3.2.1"
  /^[(（]?\d{1,3}[.)）](?!\d)\s*/,
  // "1、打开", "1．打开"
  /^\d{1,3}[、．]\s*/,
  // "1: open", but not the time "10:30"
  /^\d{1,3}[:：](?!\d)\s*/,
  /^[①-⑳]\s*/,
  /^(step|步骤)\s*\d{1,3}\s*[.:：、)）-]?\s*/i,
];

/** Every line that says something becomes a row, without the mark that numbered it. */
export function rowsFromText(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => withoutMarker(line.trim()))
    .filter((line) => line !== '');
}

function withoutMarker(line: string): string {
  const marker = MARKERS.find((candidate) => candidate.test(line));
  return marker === undefined ? line : line.replace(marker, '').trim();
}

/** The rows after the one at `index` went up (-1) or down (+1); the same rows where there is no way. */
export function moved(rows: readonly string[], index: number, by: -1 | 1): string[] {
  const target = index + by;
  const row = rows[index];
  if (row === undefined || target < 0 || target >= rows.length) return [...rows];
  return rows.toSpliced(index, 1).toSpliced(target, 0, row);
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
