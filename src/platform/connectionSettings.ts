/** The settings that name connections, as they stand and as they are written: the user's own, never a workspace's. */
import * as vscode from 'vscode';
import { entriesIn } from '../domain/tickets/entries';

export type ConnectionSetting = 'trackers' | 'bots';

export function rawSetting(setting: ConnectionSetting): unknown {
  return vscode.workspace.getConfiguration('casebook').get(setting);
}

/** @throws SettingError where the setting can't be written; it is as it was then */
export async function changeSetting(
  setting: ConnectionSetting,
  change: (entries: readonly unknown[]) => readonly unknown[],
): Promise<void> {
  const entries = entriesIn(rawSetting(setting));
  if (entries === undefined) throw new SettingError(notAList(setting));
  try {
    await vscode.workspace
      .getConfiguration('casebook')
      .update(setting, change(entries), vscode.ConfigurationTarget.Global);
  } catch (error) {
    throw new SettingError(
      vscode.l10n.t(
        'The settings could not be written: {0}. Nothing was changed; mend the settings file, then try again.',
        error instanceof Error ? error.message : String(error),
      ),
    );
  }
}

/** Its message is a sentence for the user. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

export async function openSettings(setting?: ConnectionSetting): Promise<void> {
  const ids = setting === undefined ? 'casebook.trackers,casebook.bots' : `casebook.${setting}`;
  await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${ids}`);
}

function notAList(setting: ConnectionSetting): string {
  return vscode.l10n.t(
    'The setting casebook.{0} is not a list, so nothing was written over it. Mend it in the settings, then try again.',
    setting,
  );
}
