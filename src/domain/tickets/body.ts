/** A ticket's plain text, as the form holds it, taken apart so that each system gets it in its own format. */

export type Block =
  /** `written` with the marks that make it one. */
  | { readonly is: 'heading'; readonly text: string; readonly written: string }
  | { readonly is: 'paragraph'; readonly lines: readonly string[] }
  | { readonly is: 'list'; readonly items: readonly string[] }
  /** "Label: value" lines that belong together. */
  | { readonly is: 'table'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly is: 'code'; readonly text: string };

const HEADING = /^【(.+)】$/;
/** "Steps to reproduce:" alone in its line, at the beginning of a passage. */
const ENGLISH_HEADING = /^([A-Z][^:：]{0,38}):$/;
const NUMBERED = /^(\d+)\. (.+)$/;
/** A label is short and holds no mark of its own; what follows a time ("09:05") is none. */
const LABELLED = /^([^\s:：0-9][^:：]{0,38})(?:: |：)(\S.*)$/;
/** A time at its beginning, a level, a stack frame, or an error's code. */
const LOG =
  /^(?:\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}|\s+at .+\(.+\)$|(?:\S+ )?(?:ERROR|FATAL|WARN|INFO|DEBUG)\b|Caused by: |\S*(?:Exception|Error): )/;

/** Every line of the text is in a block, in its order. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  let at = 0;
  const taken = (fits: (line: string) => boolean) => {
    const from = at;
    while (at < lines.length && fits(lines[at] ?? '')) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const heading = headingAt(lines, at);
    if (line.trim() === '') at += 1;
    else if (heading !== undefined) {
      blocks.push({ is: 'heading', text: heading, written: line.trim() });
      at += 1;
    } else if (isListStart(lines, at)) {
      let number = 0;
      const items = taken((each) => {
        const isNext = Number(NUMBERED.exec(each)?.[1]) === number + 1;
        if (isNext) number += 1;
        return isNext;
      });
      blocks.push({ is: 'list', items: items.map((each) => NUMBERED.exec(each)?.[2] ?? each) });
    } else if (LOG.test(line)) {
      blocks.push({ is: 'code', text: taken((each) => LOG.test(each) || /^\s+\S/.test(each)).join('\n') });
    } else if (isTableStart(lines, at)) {
      const rows = taken((each) => LABELLED.test(each));
      blocks.push({ is: 'table', rows: rows.map((each) => rowOf(each)) });
    } else {
      const own = taken((each) => each.trim() !== '' && (each === line || !beginsBlock(each)));
      blocks.push({ is: 'paragraph', lines: own });
    }
  }
  return blocks;
}

function headingAt(lines: readonly string[], at: number): string | undefined {
  const line = (lines[at] ?? '').trim();
  const isFirst = (lines[at - 1] ?? '').trim() === '' && (lines[at + 1] ?? '').trim() !== '';
  return HEADING.exec(line)?.[1] ?? (isFirst ? ENGLISH_HEADING.exec(line)?.[1] : undefined);
}

const isListStart = (lines: readonly string[], at: number) => NUMBERED.exec(lines[at] ?? '')?.[1] === '1';

/** One labelled line alone is a sentence as good as any. */
const isTableStart = (lines: readonly string[], at: number) =>
  LABELLED.test(lines[at] ?? '') && LABELLED.test(lines[at + 1] ?? '');

const beginsBlock = (line: string) => HEADING.test(line.trim()) || /^1\. ./.test(line) || LOG.test(line);

function rowOf(line: string): readonly [string, string] {
  const [, label = '', value = ''] = LABELLED.exec(line) ?? [];
  return [label, value];
}
