/** What an article refers to in files beside it: pictures, logs, scripts. */
import { isMarkdown } from './place';

export interface FileLink {
  /** The way from the knowledge folder, with forward slashes, as the file system spells it. */
  readonly way: string;
  /** Where the target stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** `[log](files/app.log "title")`, `![](<a b.png>)`, `[ref]: a.png`, `src="a.png"` */
const TARGETS: readonly RegExp[] = [
  /\]\(\s*(?:<([^<>\r\n]{1,400})>|([^\s()<>]{1,400}(?:\([^\s()]{0,100}\)[^\s()<>]{0,200})?))(?:\s+(?:"[^"\r\n]{0,200}"|'[^'\r\n]{0,200}'|\([^()\r\n]{0,200}\)))?\s*\)/dg,
  /^ {0,3}\[[^\]\r\n]{1,200}\]:[ \t]*(?:<([^<>\r\n]{1,400})>|([^\s<>]{1,400}))/dgm,
  /\b(?:src|href)\s*=\s*(?:"([^"\r\n]{1,400})"|'([^'\r\n]{1,400})')/dgi,
];

/**
 * Files inside the knowledge folder that a text links, other articles excepted.
 * @param articleWay the article's own way from the knowledge folder
 */
export function fileLinks(text: string, articleWay: string): FileLink[] {
  const links = TARGETS.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const found = match.indices?.[1] ?? match.indices?.[2];
      const way = wayOf(match[1] ?? match[2] ?? '', articleWay);
      return found && way !== undefined ? [{ way, start: found[0], end: found[1] }] : [];
    }),
  );
  return links.toSorted((a, b) => a.start - b.start);
}

function wayOf(target: string, articleWay: string): string | undefined {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(target)) return undefined;
  const plain = decoded(target.replace(/[?#].*$/, '')).replaceAll('\\', '/');
  const from = plain.startsWith('/') ? [] : articleWay.split('/').slice(0, -1);
  const names: string[] = [];
  for (const name of [...from, ...plain.split('/')]) {
    if (name === '' || name === '.') continue;
    if (name === '..' && names.pop() === undefined) return undefined;
    if (name !== '..') names.push(name);
  }
  const way = names.join('/');
  return way === '' || isMarkdown(names.at(-1) ?? '') ? undefined : way;
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
