/** How articles are committed and sent, by the settings of this window. */
import * as vscode from 'vscode';
import { defaultCommitMessage } from '../domain/article/commitMessage';
import type { Publishing } from '../domain/ports';

const read = <T>(key: string, fallback: T) =>
  vscode.workspace.getConfiguration('casebook.knowledge').get<T>(key, fallback);

export function publishing(): Publishing {
  return {
    branch: read('branch', '').trim(),
    signOff: read('signOff', false),
    message: read('commitMessage', defaultCommitMessage),
  };
}

export type Sending = 'ask' | 'always' | 'never';

/** Whether a published article is sent to the team's remote at once. */
export function sending(): Sending {
  return read<Sending>('push', 'ask');
}
