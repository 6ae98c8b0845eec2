/** Texts that were changed in two places at once: on the page, and by a hand or another window in the folder. */
import type { EditedLine, EditedList } from '../../domain/report/edits';

/**
 * The page's list, with what was written elsewhere since the page was made after it: nobody's words are lost.
 * @param before as the page was made with
 * @param now as it stands in the folder
 */
export function withOthers(typed: EditedList, before: EditedList | undefined, now: EditedList | undefined): EditedList {
  const texts = new Set([...typed.lines, ...(before?.lines ?? [])].map(({ text }) => text));
  const others = (now?.lines ?? []).filter(({ text }) => text !== undefined && !texts.has(text));
  if (others.length === 0) return typed;
  const keys = new Set(typed.lines.map(({ key }) => key));
  const lines = others.map((line): EditedLine => {
    const key = keys.has(line.key) ? freeKey(keys) : line.key;
    keys.add(key);
    return key === line.key ? line : { key, ...(line.text !== undefined && { text: line.text }) };
  });
  return { lines: [...typed.lines, ...lines], removed: typed.removed.filter((key) => !keys.has(key)) };
}

function freeKey(keys: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) if (!keys.has(`own:${number}`)) return `own:${number}`;
}
