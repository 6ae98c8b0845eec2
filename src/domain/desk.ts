/** The desk: opens cases and does actions on them, through the guards and into the store. No way round it. */
import { isCaseId } from './case/ids';
import type { CaseKind } from './case/state';
import type { CaseStore, Clock, NewEvent, SettingsStore, StoredCase } from './ports';
import { type Act, check, eventDataOf } from './sop/engine';
import { isEmpty } from './sop/field';
import { GuardError, type Missing, rule } from './sop/missing';
import type { Context } from './sop/procedure';
import { emptyCase } from './case/state';
import { toIso } from './time';
import { w } from './words';

export class Desk {
  constructor(
    private readonly store: CaseStore,
    private readonly settings: SettingsStore,
    private readonly clock: Clock,
    /** "name <mail>" of the engineer at this machine. */
    private readonly me: () => Promise<string>,
  ) {}

  /** What guards may know at this moment. */
  context(): Context {
    const { timings, supportMaySolve } = this.settings.current();
    return { now: this.nowIso(), timings, supportMaySolve };
  }

  nowIso(): string {
    const now = this.clock.now();
    return toIso(now, this.clock.offsetAt(now));
  }

  /**
   * Records a new case at step 1.1. A title is enough; what else is missing is asked before the step is left.
   * @throws GuardError nothing is written then
   */
  async open(kind: CaseKind, intake: Readonly<Record<string, unknown>>): Promise<StoredCase> {
    return this.make(kind, { action: 'open', values: intake }, {});
  }

  private async make(
    kind: CaseKind,
    act: Act,
    link: Readonly<Record<string, string>>,
    alsoDo: readonly NewEvent[] = [],
  ): Promise<StoredCase> {
    const blank = emptyCase('', kind);
    refuse('open', check(blank, act, this.context()));
    const opening = { type: 'open', data: { ...eventDataOf(blank, act), ...link } };
    const stored = await this.store.create(kind, await this.me(), [opening, ...alsoDo]);
    await this.settings.learn([act.values ?? {}]);
    return stored;
  }

  /**
   * Does an action with what its form captured.
   * @throws GuardError naming everything that is missing; nothing is written then
   * @throws StoreError when the case can't be read or written
   */
  async act(id: string, act: Act): Promise<StoredCase> {
    if (act.action === 'convert') return this.convert(id, act);
    if (act.action === 'merge') await this.checkOther(act);
    const stored = await this.append(id, act);
    await this.settings.learn([act.values ?? {}]);
    return stored;
  }

  private async append(id: string, act: Act): Promise<StoredCase> {
    return this.store.append(id, await this.me(), ({ state }) => {
      refuse(act.action, check(state, act, this.context()));
      return [{ type: act.action, data: eventDataOf(state, act) }];
    });
  }

  private async checkOther(act: Act): Promise<void> {
    const other = act.values?.['otherCase'];
    if (typeof other !== 'string' || !isCaseId(other) || (await this.store.get(other)) !== undefined) return;
    throw new GuardError('merge', [
      rule('other-case', w('There is no such case in this casebook', '此案例库中没有该案例'), 'otherCase'),
    ]);
  }

  /** Issue → request: the request opens at 1.2 with what the issue knows, and both name each other. */
  private async convert(id: string, act: Act): Promise<StoredCase> {
    const stored = await this.store.get(id);
    if (!stored) return this.append(id, act);
    refuse(act.action, check(stored.state, act, this.context()));
    const { reason: _reason, request: _request, ...content } = act.values ?? {};
    const intake = stored.state.values['receive'] ?? {};
    const known = ['title', 'customer', 'contact', 'channel', 'product', 'version', 'receivedAt'];
    const values = {
      ...Object.fromEntries(known.filter((key) => !isEmpty(intake[key])).map((key) => [key, intake[key]])),
      ...content,
    };
    const recorded = { type: 'record', data: { step: '1.1', round: 1, values: {} } };
    // a crash between the two writes leaves a request that names its issue; doing it again takes that one up
    await this.store.load();
    const earlier = this.store
      .summaries()
      .filter((summary) => summary.kind === 'request' && summary.title === values['title']);
    let request: StoredCase | undefined;
    for (const summary of earlier) {
      const candidate = await this.store.get(summary.id);
      if (candidate?.state.convertedFrom === id) request = candidate;
    }
    request ??= await this.make('request', { action: 'open', values }, { from: id }, [recorded]);
    return this.append(id, { ...act, values: { ...act.values, request: request.id } });
  }
}

function refuse(action: string, missing: readonly Missing[]): void {
  if (missing.length > 0) throw new GuardError(action, missing);
}
