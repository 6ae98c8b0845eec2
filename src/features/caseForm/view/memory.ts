/** What outlives the page: it is thrown away whenever its tab is hidden. */
import type { Language } from '../../../domain/words';
import { instantOf } from '../../../domain/time';
import type { CasePage, Forms } from '../protocol';

/** What the editor remembers of this webview over a reload of the window. */
export interface Memory {
  /** Whose page it was, for the host. */
  readonly target: string;
  readonly forms: Forms;
  /** When something was typed last. */
  readonly at: string;
  /** Where the page stood; a page that an older Casebook left behind says nothing of it. */
  readonly place?: Place;
}

/** Where on the page somebody was: it is drawn anew whenever its tab is shown again. */
export interface Place {
  readonly reviewed: string | undefined;
  readonly correcting: string;
  readonly opened: Readonly<Record<string, boolean>>;
  readonly scroll: number;
  readonly textLanguages?: Readonly<Record<string, Language>>;
}

/** The editor's memory is written with every key, the host's a moment later; the newer one is what was typed. */
export function newestDraft(page: CasePage, memory: Memory | undefined): Pick<Memory, 'forms' | 'at'> {
  const isNewer =
    memory !== undefined && memory.target === page.target && instantOf(memory.at) > instantOf(page.draftSavedAt);
  return isNewer ? memory : { forms: page.draft, at: page.draftSavedAt };
}
