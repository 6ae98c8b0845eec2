/** Secrets in the editor's own keeping: the operating system's key ring, where there is one. */
import type * as vscode from 'vscode';
import type { Secrets } from '../domain/tickets/connections';

export function editorSecrets(storage: vscode.SecretStorage): Secrets {
  return {
    read: async (key) => storage.get(key),
    write: async (key, secret) => storage.store(key, secret),
    remove: async (key) => storage.delete(key),
  };
}
