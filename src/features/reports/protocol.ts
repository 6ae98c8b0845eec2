/** What the report page's host and view say to each other. Free of vscode; both sides import it. */
import * as v from 'valibot';
import type { ReportFilter } from '../../domain/report/serviceReport';
import type { Language } from '../../domain/words';
import type { PageDocument, PageDraft, PageTable } from './pageDocument';

/** Of a period that still runs, of one that is over, and of one whose report never changes again. */
export type ReportState = 'provisional' | 'over' | 'frozen';

/** What the toolbar shows; there from the start, while the figures are still being made. */
export interface ReportHead {
  /** Its name, by which it is told from those of other periods and filters: "2026-Q3.customer-Acme". */
  readonly report: string;
  /** "2026-09", "2026-Q3" */
  readonly period: string;
  /** In the editor's language, as all of the toolbar is. */
  readonly label: string;
  readonly kind: 'month' | 'quarter';
  readonly state: ReportState;
  /** The whole report is frozen, this part of it follows the cases. */
  readonly isPartOfFrozen: boolean;
  /** "as of …" in the editor's language; empty while it is not made. */
  readonly asOf: string;
  /** A later period has begun. */
  readonly hasNext: boolean;
  readonly filter: ReportFilter;
  /** "Customer: Acme" in the editor's language; empty where nothing is left out. */
  readonly filterText: string;
  /** Of the report. */
  readonly language: Language;
  readonly editorLanguage: Language;
  /** vscode.l10n.bundle: English string → translation. */
  readonly bundle: Readonly<Record<string, string>>;
  /** Why nothing may be written (workspace not trusted); empty when it may. */
  readonly readOnly: string;
}

export type ToView =
  /** It is being made: whatever page stands there stays until it comes. */
  | { readonly type: 'making'; readonly head: ReportHead }
  | { readonly type: 'show'; readonly head: ReportHead; readonly document: PageDocument }
  /** Nobody waits for it any more: what stood there before stands. */
  | { readonly type: 'cancelled' }
  /** One sentence; what stands there stays. */
  | { readonly type: 'failed'; readonly message: string }
  /** Cases have changed since it was made. */
  | { readonly type: 'outdated' }
  /** What was asked for is under way, or no longer: its buttons rest meanwhile. */
  | { readonly type: 'busy'; readonly isBusy: boolean }
  /** What became of it, for everybody who can't see that it is done. */
  | { readonly type: 'done'; readonly message: string }
  /** The texts are on disk, and so they read now. */
  | { readonly type: 'saved'; readonly draft: PageDraft }
  /** They are on the page alone: one sentence. */
  | { readonly type: 'notSaved'; readonly draft: DraftId; readonly message: string }
  /** More rows of a table that was cut. */
  | { readonly type: 'rows'; readonly table: string; readonly rows: PageTable['rows']; readonly more: number };

const language = v.picklist(['en', 'zh-CN']);
const draftId = v.picklist(['results', 'plan']);

/** Every message of the view, checked before the host believes it. */
export const fromViewSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('beside'), by: v.picklist([-1, 1]) }),
  v.object({ type: v.literal('kind'), kind: v.picklist(['month', 'quarter']) }),
  v.object({ type: v.literal('choose') }),
  v.object({ type: v.literal('filter') }),
  v.object({ type: v.literal('unfilter') }),
  v.object({ type: v.literal('language'), language }),
  v.object({ type: v.literal('regenerate') }),
  v.object({ type: v.literal('cancel') }),
  v.object({
    type: v.literal('command'),
    command: v.picklist(['export', 'commit', 'freeze', 'unfreeze', 'manageTrust']),
  }),
  /** @see PageFigure */
  v.object({ type: v.literal('cases'), figure: v.number(), about: v.string() }),
  v.object({ type: v.literal('openCase'), id: v.string() }),
  v.object({ type: v.literal('more'), table: v.string(), from: v.number() }),
  v.object({
    type: v.literal('edit'),
    draft: draftId,
    /** The name of the report whose text it is: a late message must not change another one. */
    report: v.string(),
    lines: v.array(v.object({ key: v.string(), text: v.string() })),
  }),
  /** The drafts that were taken out are wanted again. */
  v.object({ type: v.literal('restore'), draft: draftId, report: v.string() }),
]);

export type FromView = v.InferOutput<typeof fromViewSchema>;
export type DraftId = v.InferOutput<typeof draftId>;

/** What the editor remembers of this webview over a reload of the window. */
export interface Memory {
  readonly period: string;
  readonly language: Language;
  readonly filter: ReportFilter;
  readonly scroll: number;
}
