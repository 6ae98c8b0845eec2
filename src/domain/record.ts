/** Data of unknown shape, as files, settings and other programs bring it. */

/** True for an object that holds values by name: no list, no null. */
export function isRecord(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}
