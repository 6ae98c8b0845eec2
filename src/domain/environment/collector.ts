/** The collectors that Casebook carries, as they are handed to somebody who pastes them into a terminal. */

export type CollectorKind = 'bash' | 'powershell';

/**
 * The script's text for the clipboard, with the time at which it was asked for: a clock that claims an earlier time
 * when it runs is behind. Without carriage returns, which a shell takes for part of a word, and without a byte order
 * mark, which only a file needs.
 * @param asked seconds since the epoch
 */
export function readyToPaste(script: string, asked: number): string {
  return script
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^(\s*(?:asked=|\$asked = ))0$/m, (_, head: string) => `${head}${Math.floor(asked)}`);
}
