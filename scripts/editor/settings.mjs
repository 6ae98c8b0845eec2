// The settings that keep an editor of ours quiet, and the home folder that keeps it away from the user's own files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Nothing that looks something up on its own, asks, or opens a page we did not ask for. */
export const quiet = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'window.openFoldersInNewWindow': 'off',
};

/**
 * Writes settings on top of the quiet ones.
 * @param {string} file
 * @param {Record<string, unknown>} settings
 */
export const writeSettings = (file, settings) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...quiet, ...settings }, undefined, 2)}\n`);
};

/**
 * A home folder for tests: git knows a name there, and nothing of the machine's own settings.
 * @param {string} folder
 * @returns {Record<string, string>} the environment that points to it
 */
export const testHome = (folder) => {
  mkdirSync(folder, { recursive: true });
  const lines = [
    '[user]\n\tname = Casebook Test\n\temail = test@casebook.example',
    '[init]\n\tdefaultBranch = main',
    '[commit]\n\tgpgsign = false',
  ];
  writeFileSync(join(folder, '.gitconfig'), `${lines.join('\n')}\n`);
  return { HOME: folder, USERPROFILE: folder, XDG_CONFIG_HOME: join(folder, '.config') };
};
