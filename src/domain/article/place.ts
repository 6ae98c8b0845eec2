/** Where articles lie: which files of a folder are some, and the way to them. Paths are absolute, without "..". */

export const isMarkdown = (name: string): boolean => /^[^.].*\.(?:md|markdown)$/i.test(name);

/** Hidden folders and packages hold no articles of ours. */
export const isListedFolder = (name: string): boolean => !name.startsWith('.') && name !== 'node_modules';

/**
 * The way from a folder down to what lies in it, with forward slashes; empty for the folder itself.
 * @returns undefined for what lies elsewhere; "/books-old" is not in "/books"
 */
export function wayDown(folder: string, path: string): string | undefined {
  const isWindows = /^(?:[a-z]:|\\\\)/i.test(folder);
  const slashed = (text: string) => (isWindows ? text.replaceAll('\\', '/') : text);
  const asCompared = (text: string) => (isWindows ? text.toLowerCase() : text);
  const root = `${slashed(folder).replace(/\/+$/, '')}/`;
  const there = slashed(path);
  if (asCompared(`${there}/`) === asCompared(root)) return '';
  return asCompared(there.slice(0, root.length)) === asCompared(root) ? there.slice(root.length) : undefined;
}

/** True for a path that the list of this folder's articles would hold, if there is such a file. */
export function isArticleIn(folder: string, path: string): boolean {
  const names = wayDown(folder, path)?.split('/') ?? [];
  return isMarkdown(names.at(-1) ?? '') && names.slice(0, -1).every(isListedFolder);
}
