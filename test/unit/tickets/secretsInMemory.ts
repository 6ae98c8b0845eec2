/** A keeper of secrets for tests: what the editor's own storage does, without an editor. */
import type { Secrets } from '../../../src/domain/tickets/connections';

export function secretsInMemory(): Secrets & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    read: async (key) => kept.get(key),
    write: async (key, secret) => void kept.set(key, secret),
    remove: async (key) => void kept.delete(key),
  };
}
