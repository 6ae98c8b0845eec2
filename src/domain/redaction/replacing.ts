/** Putting placeholders into a markdown text. */
import { partFrontMatter } from '../article/frontMatter';
import type { Finding } from './finding';

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One replacement; in prose "<customer>" would be taken for HTML and not be shown, so it is escaped there. */
export function replacementOf(text: string, { start, end, placeholder }: Finding): Replacement {
  const isShown = !placeholder.startsWith('<') || isLiteral(text, start);
  return { start, end, text: isShown ? placeholder : `\\${placeholder}` };
}

/** True in front matter, in a fenced or indented block, and between backticks. */
export function isLiteral(text: string, offset: number): boolean {
  const matter = partFrontMatter(text);
  const bodyAt = matter ? text.length - matter.body.length : 0;
  if (offset < bodyAt) return true;
  const lines = text.slice(bodyAt, offset).split('\n');
  const line = lines.pop() ?? '';
  let fence = '';
  for (const before of lines) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(before)?.[1] ?? '';
    if (fence === '' && mark !== '') fence = mark;
    else if (fence !== '' && mark.startsWith(fence)) fence = '';
  }
  return fence !== '' || (line.match(/`/g)?.length ?? 0) % 2 === 1;
}
