/** One action on many cases, one after the other, each through its own guards. Free of vscode. */
import type { CaseSummary } from '../../domain/summary';

export interface BulkResult {
  readonly done: readonly CaseSummary[];
  readonly refused: readonly { readonly summary: CaseSummary; readonly error: unknown }[];
  /** Not begun, since it was cancelled. */
  readonly left: readonly CaseSummary[];
}

/** What was refused for one case keeps nothing from the others. Never rejects. */
export async function actOnEach(
  cases: readonly CaseSummary[],
  act: (summary: CaseSummary) => Promise<unknown>,
  isCancelled: () => boolean = () => false,
  before: (summary: CaseSummary, index: number) => void = () => undefined,
): Promise<BulkResult> {
  const done: CaseSummary[] = [];
  const refused: { summary: CaseSummary; error: unknown }[] = [];
  for (const [index, summary] of cases.entries()) {
    if (isCancelled()) return { done, refused, left: cases.slice(index) };
    before(summary, index);
    try {
      await act(summary);
      done.push(summary);
    } catch (error) {
      refused.push({ summary, error });
    }
  }
  return { done, refused, left: [] };
}

export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** The case's tags after the change; undefined where nothing changes. A tag counts the same in any capitals. */
export function changedTags(tags: readonly string[], { add, remove }: TagChange): readonly string[] | undefined {
  const has = (list: readonly string[], tag: string) => list.some((each) => each.toLowerCase() === tag.toLowerCase());
  const kept = tags.filter((tag) => !has(remove, tag) || has(add, tag));
  const added = add.filter((tag) => !has(kept, tag));
  return added.length === 0 && kept.length === tags.length ? undefined : [...kept, ...added];
}
