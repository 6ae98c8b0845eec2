/** What the thread that makes a report's files is told: a large report comes in pieces, so that sending takes no turn. */
import type { RenderWork } from '../../domain/report/reportShelf';
import type { CaseRow } from '../../domain/report/serviceReport';

export type Request =
  /** `cases` of the report follow. */
  | { readonly do: 'begin'; readonly work: RenderWork }
  | { readonly do: 'cases'; readonly cases: readonly CaseRow[] }
  | { readonly do: 'make' };
