/** The public API: `vscode.extensions.getExtension('casebook.casebook').exports.getAPI(1)`. */
import type { CaseEvent } from './domain/case/event';
import type { CaseKind, CaseState } from './domain/case/state';
import type { ArticleDraft, Published } from './domain/library';
import type { ArticleEntry, Casebook, FindQuery, Found, StoredCase } from './domain/ports';
import type { ServiceReport } from './domain/report/serviceReport';
import type { ReportOptions } from './domain/report/sources';
import { actionsNow, procedureOf } from './domain/sop/engine';
import { stageOf } from './domain/sop/procedure';
import { type CaseSummary, summarize } from './domain/summary';
import { textLanguage } from './platform/language';

export interface CasebookExports {
  /** @throws RangeError for a version that this Casebook does not speak */
  getAPI(version: 1): CasebookApi;
}

/** Values of step 1.1 by field key; a title is enough to open a case. */
export type Intake = Readonly<Record<string, unknown>>;

/** A summary with the stage's number, everything captured, and what the log could not decide by itself. */
export interface CaseView extends Omit<CaseSummary, 'conflicts'> {
  readonly stage: string;
  /** Action name → captured values. */
  readonly values: CaseState['values'];
  readonly state: CaseState;
  readonly conflicts: CaseState['conflicts'];
}

/** Every given property must be equal. */
export type CaseFilter = Partial<
  Pick<CaseSummary, 'kind' | 'status' | 'step' | 'urgency' | 'customer' | 'product' | 'version' | 'owner' | 'waitingOn'>
>;

export interface CasebookApi {
  /** Absolute path of the casebook in use. */
  readonly folder: string;
  readonly cases: {
    /** @throws GuardError when the title is missing or a value has the wrong shape */
    open(kind: CaseKind, intake: Intake): Promise<CaseView>;
    get(id: string): Promise<CaseView | undefined>;
    list(filter?: CaseFilter): Promise<readonly CaseSummary[]>;
    /** What may be done now, and for each action the codes of what is still missing. */
    actions(id: string): Promise<{ action: string; missing: string[] }[]>;
    /**
     * Does an action with what its form captures; for `save`, `correct` and `excuse` the form's action is `data.for`.
     * @throws GuardError with `missing`; nothing is written then
     */
    act(id: string, action: string, data?: Readonly<Record<string, unknown>>): Promise<CaseView>;
    history(id: string): Promise<readonly CaseEvent[]>;
  };
  readonly knowledge: {
    /** The article that the case would become, with what keeps it from being published; nothing is written. */
    draft(caseId: string, category?: string): Promise<ArticleDraft>;
    /**
     * Writes the draft as a new file and commits exactly that file.
     * @throws LeakError with `leaks`, and nothing is written, while the text says what must not be published
     */
    publish(draft: ArticleDraft): Promise<Published>;
    /** Best first; as in the editor: Chinese and English, prefixes, typing errors, error codes. */
    search(query: string, limit?: number): Promise<readonly ArticleEntry[]>;
    /** The same with excerpts, over cases and articles, and with filters. */
    find(query: FindQuery): Promise<readonly Found[]>;
  };
  readonly reports: {
    /**
     * Every figure of a month "2026-09" or a quarter "2026-Q3", each with the ids of the cases behind it; nothing is
     * written.
     * @throws PeriodError for what is no period, or has not begun
     */
    generate(period: string, options?: ReportOptions): Promise<ServiceReport>;
  };
}

export function exportsFor(current: () => Casebook): CasebookExports {
  return {
    getAPI: (version) => {
      if (version !== 1) throw new RangeError(`Casebook has no API version ${String(version)}; it has version 1`);
      return createApi(current);
    },
  };
}

function createApi(current: () => Casebook): CasebookApi {
  const view = (stored: StoredCase): CaseView => {
    const { settings } = current();
    const { state } = stored;
    return {
      ...summarize(stored, settings.current().timings),
      stage: stageOf(procedureOf(state.kind), state.step)?.id ?? '',
      values: state.values,
      state,
      conflicts: state.conflicts,
    };
  };
  /** A caller asks once and expects what it has just written. */
  const findNow = async (query: FindQuery): Promise<readonly Found[]> => {
    const { finder } = current();
    await finder.refresh();
    return finder.find(query);
  };
  return {
    get folder() {
      return current().store.folder;
    },
    cases: {
      open: async (kind, intake) => view(await current().desk.open(kind, intake)),
      get: async (id) => {
        const stored = await current().store.get(id);
        return stored && view(stored);
      },
      list: async (filter = {}) => {
        const { store } = current();
        await store.load();
        const wanted = Object.entries(filter);
        return store
          .summaries()
          .filter((summary) => wanted.every(([key, value]) => summary[key as keyof CaseFilter] === value));
      },
      actions: async (id) => {
        const { store, desk } = current();
        const stored = await store.get(id);
        if (!stored) return [];
        return actionsNow(stored.state, desk.context()).map(({ definition, missing }) => ({
          action: definition.name,
          missing: missing.map((item) => item.code),
        }));
      },
      act: async (id, action, data = {}) => {
        const { for: form, ...values } = data;
        return view(
          await current().desk.act(id, { action, values, ...(typeof form === 'string' ? { for: form } : {}) }),
        );
      },
      history: async (id) => (await current().store.get(id))?.events ?? [],
    },
    knowledge: {
      draft: async (caseId, category) => {
        const { library, settings } = current();
        const chosen = category ?? settings.current().articleCategories[0] ?? 'general';
        const draft = await library.draft(caseId, textLanguage(), chosen);
        if (!draft) throw new RangeError(`no such case: ${caseId}`);
        return draft;
      },
      publish: (draft) => current().library.publishDraft(draft),
      search: async (text, limit) => {
        const found = await findNow({ text, only: 'article', ...(limit === undefined ? {} : { limit }) });
        return found.flatMap((item) => (item.is === 'article' ? [item.article] : []));
      },
      find: findNow,
    },
    reports: {
      generate: (period, options) => current().reports.generate(period, options),
    },
  };
}
