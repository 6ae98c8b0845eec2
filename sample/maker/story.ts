/**
 * A case's story, as its source file tells it, made into the events of a case log.
 *
 * Every act goes through the same guard as a person's would, at its own point of the story; what a form would have
 * been filled with already (now, me, the plan's version, the case's contact and channel) needs no line in the file.
 */
import { type CaseEvent, type EventData, headsOf, nextLamport } from '../../src/domain/case/event';
import { fold } from '../../src/domain/case/fold';
import { newCaseId, newUlid } from '../../src/domain/case/ids';
import { type CaseKind, type CaseState, emptyCase } from '../../src/domain/case/state';
import type { CasebookSettings } from '../../src/domain/casebook';
import { type Act, check, eventDataOf, procedureOf, targetOf } from '../../src/domain/sop/engine';
import { type FieldDef, isEmpty, isShown, textOf, type Value, type Values } from '../../src/domain/sop/field';
import { generalActions, isGeneral } from '../../src/domain/sop/general';
import { currentPlan } from '../../src/domain/sop/issueFix';
import { lastCheck } from '../../src/domain/sop/requestStatus';
import { ticketText } from '../../src/domain/text/ticketText';
import type { Language } from '../../src/domain/words';
import { seededBytes } from './chance';

import { localDate, type Times } from './times';

/** A `sample/cases/*.yaml` file. */
export interface Source {
  /** File name without extension; other files refer to the case by it. */
  readonly name: string;
  readonly kind: CaseKind;
  /** Who acts, where an act does not say otherwise. */
  readonly by: string;
  /** The group in which R&D is followed up. */
  readonly group: string;
  readonly language: Language;
  readonly story: readonly Readonly<Record<string, unknown>>[];
}

/** An article that a story may link: `article: <file name>`. */
export interface Article {
  /** Below the knowledge folder, with slashes. */
  readonly path: string;
  readonly title: string;
}

export interface Told {
  readonly id: string;
  readonly events: readonly CaseEvent[];
  readonly state: CaseState;
}

/** A story that the procedure does not allow, or a file that can't be read as one. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
}

/** The first key of an act names the action and says when. These other keys are about the act, not its values. */
const aboutTheAct = new Set(['by', 'for', 'copy', 'newer', 'from', 'article']);
const callTo = '电话 Phone';

export function readSource(name: string, raw: unknown): Source {
  if (!isRecord(raw) || (raw['kind'] !== 'issue' && raw['kind'] !== 'request')) {
    throw new StoryError(`${name}: "kind" must be issue or request`);
  }
  const story = raw['story'];
  if (!Array.isArray(story) || !story.every(isRecord)) throw new StoryError(`${name}: "story" must be a list of acts`);
  return {
    name,
    kind: raw['kind'],
    by: textIn(raw, 'by'),
    group: textIn(raw, 'group'),
    language: raw['language'] === 'en' ? 'en' : 'zh-CN',
    story,
  };
}

export class Storyteller {
  private readonly sources: ReadonlyMap<string, Source>;
  private readonly told = new Map<string, Told>();

  constructor(
    sources: readonly Source[],
    private readonly articles: ReadonlyMap<string, Article>,
    private readonly settings: CasebookSettings,
    private readonly times: Times,
  ) {
    this.sources = new Map(sources.map((source) => [source.name, source]));
  }

  /** The id that a file's case gets, known before its story is told. */
  idOf(name: string): string {
    const source = this.source(name);
    const opening = this.times.instant(this.timeOf(source, source.story[0] ?? {}));
    return newCaseId(source.kind, localDate(this.times.iso(opening)), seededBytes(`case:${name}`));
  }

  tell(name: string): Told {
    const known = this.told.get(name);
    if (known) return known;
    const source = this.source(name);
    const id = this.idOf(name);
    const random = seededBytes(`events:${name}`);
    const trunk: CaseEvent[] = [];
    const copies = new Map<string, CaseEvent[]>();
    let last = 0;
    for (const raw of source.story) {
      const copy = raw['copy'];
      let log = trunk;
      if (typeof copy === 'string') {
        // another machine's copy: it knows what was there when it parted, and then only its own acts
        log = copies.get(copy) ?? [...trunk];
        copies.set(copy, log);
      }
      const time = this.timeOf(source, raw);
      const at = this.times.instant(time, last);
      if (at < last && copy === undefined) throw new StoryError(`${name}: ${actionOf(raw)} at ${time} is out of order`);
      if (at > this.times.now) throw new StoryError(`${name}: ${actionOf(raw)} at ${time} lies in the future`);
      if (copy === undefined) last = at;
      const data = this.dataOf(source, id, raw, at, log);
      log.push({
        id: newUlid(at, random),
        n: nextLamport(log),
        at: this.times.iso(at),
        by: this.personOf(source, raw),
        type: actionOf(raw),
        data,
        ...(log.length === 0 ? {} : { after: headsOf(log) }),
      });
    }
    const seen = new Set(trunk);
    const events = [...trunk, ...[...copies.values()].flat().filter((event) => !seen.has(event))];
    const told = { id, events, state: fold(id, events) };
    this.told.set(name, told);
    return told;
  }

  /** Texts may name dates and other cases: {{-12d}}, {{now -40m}}, {{fixDate}}, {{case:mysql-lock-wait}}. */
  spell(text: string, at: number, state?: CaseState): string {
    return text.replace(/\{\{([^{}]+)\}\}/g, (_whole, inside: string) => {
      const word = inside.trim();
      if (word.startsWith('case:')) return this.idOf(word.slice('case:'.length));
      const known = state && spokenOf(state)[word];
      return known ?? this.times.spoken(word, at);
    });
  }

  private dataOf(source: Source, id: string, raw: Readonly<Record<string, unknown>>, at: number, log: CaseEvent[]) {
    const action = actionOf(raw);
    const state = log.length === 0 ? emptyCase(id, source.kind) : fold(id, log);
    const concerns = typeof raw['for'] === 'string' ? { for: raw['for'] } : {};
    if (raw['newer'] === true) {
      const values = this.read([], raw, at, state);
      return { step: state.step, round: state.round, values } satisfies EventData;
    }
    const fields = fieldsOf(state, action, concerns.for);
    const told = this.read(fields, raw, at, state);
    const from = typeof raw['from'] === 'string' ? raw['from'] : undefined;
    const article = typeof raw['article'] === 'string' ? this.article(raw['article']) : {};
    const given = { ...(from === undefined ? {} : this.handedOver(from)), ...article, ...told };
    const values = this.complete(source, raw, fields, given, at, state);
    const act: Act = { action, ...concerns, values };
    const { timings, supportMaySolve } = this.settings;
    const missing = check(state, act, { now: this.times.iso(at), timings, supportMaySolve });
    if (missing.length > 0) {
      const codes = missing.map((item) => item.code).join(', ');
      throw new StoryError(
        `${source.name}: ${action} (${this.times.iso(at)}, step ${state.step}) is refused: ${codes}`,
      );
    }
    return { ...eventDataOf(state, act), ...(from === undefined ? {} : { from: this.idOf(from) }) };
  }

  /** What a request that was an issue takes over from it, as the desk does it. */
  private handedOver(from: string): Values {
    const issue = this.tell(from);
    const conversion = issue.events.find((event) => event.type === 'convert');
    const { reason: _reason, request: _request, ...content } = conversion?.data.values ?? {};
    const known = ['title', 'customer', 'contact', 'channel', 'product', 'version', 'receivedAt'];
    const intake = issue.state.values['receive'] ?? {};
    const kept = known.filter((key) => !isEmpty(intake[key])).map((key) => [key, intake[key]]);
    return { ...Object.fromEntries(kept), ...content } as Values;
  }

  private read(
    fields: readonly FieldDef[],
    raw: Readonly<Record<string, unknown>>,
    at: number,
    state: CaseState,
  ): Record<string, Value> {
    const [first] = Object.keys(raw);
    const entries = Object.entries(raw).filter(([key]) => key !== first && !aboutTheAct.has(key));
    return Object.fromEntries(
      entries.map(([key, value]) => {
        const field = fields.find((candidate) => candidate.key === key);
        return [key, this.readField(field, value, at, state)];
      }),
    );
  }

  private readField(field: FieldDef | undefined, value: unknown, at: number, state: CaseState): Value {
    if (field?.type === 'dateTime' && typeof value === 'string') return this.times.iso(this.times.instant(value, at));
    if (field?.type === 'date' && typeof value === 'string') return this.times.date(this.times.instant(value, at));
    if (typeof value === 'number' && field !== undefined && field.type !== 'number') return String(value);
    if (field?.key === 'owner') return this.fullName(String(value));
    const spelt = this.spellAll(value, at, state);
    if (field?.type !== 'environment' || !isRecord(spelt)) return spelt as Value;
    const items = Object.entries(spelt).map(([key, item]) => [key, isRecord(item) ? item : { value: String(item) }]);
    return Object.fromEntries(items) as Value;
  }

  private spellAll(value: unknown, at: number, state: CaseState): unknown {
    if (typeof value === 'string') return this.spell(value, at, state).trim();
    if (Array.isArray(value)) return value.map((entry) => this.spellAll(entry, at, state));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, this.spellAll(entry, at, state)]));
  }

  /** What the form would have shown already, or the case says: nobody types that, and no file repeats it. */
  private complete(
    source: Source,
    raw: Readonly<Record<string, unknown>>,
    fields: readonly FieldDef[],
    given: Readonly<Record<string, Value>>,
    at: number,
    state: CaseState,
  ): Readonly<Record<string, Value>> {
    const action = actionOf(raw);
    if (isGeneral(action) && action !== 'open') return given;
    const procedure = procedureOf(state.kind);
    const kept = procedure.actions[action]?.keeps ? (state.values[action] ?? {}) : {};
    const intake = state.values[procedure.intake];
    const isIntake = action === 'open' || action === procedure.intake;
    const values: Record<string, Value> = { ...given };
    for (const field of fields) {
      const { key, initial, suggest } = field;
      if (values[key] !== undefined || !isShown(field, { ...kept, ...values }, state)) continue;
      const isNew = kept[key] === undefined;
      let value: Value | undefined;
      if (initial === 'now') value = isIntake && !isNew ? undefined : this.times.iso(at);
      else if (initial === 'me') value = this.nameOf(source, raw);
      else if (isNew && initial) value = initial(state);
      if (!isIntake && isNew && value === undefined) {
        if (key === 'sent') value = ticketText(state, source.language);
        else if (suggest === 'contacts') value = textOf(intake, 'contact');
        else if (suggest === 'channels')
          value = /^lead|^channel$/.test(key) && isToLead(action, key) ? callTo : textOf(intake, 'channel');
        else if (suggest === 'groups') value = source.group;
        else if (suggest === 'trackers') value = this.settings.trackers[0];
      }
      if (value !== undefined && value !== '') values[key] = value;
    }
    return values;
  }

  private timeOf(source: Source, raw: Readonly<Record<string, unknown>>): string {
    const [time] = Object.values(raw);
    if (typeof time !== 'string') throw new StoryError(`${source.name}: ${actionOf(raw)} needs a time`);
    return time;
  }

  private nameOf(source: Source, raw: Readonly<Record<string, unknown>>): string {
    return typeof raw['by'] === 'string' ? raw['by'] : source.by;
  }

  private personOf(source: Source, raw: Readonly<Record<string, unknown>>): string {
    return this.fullName(this.nameOf(source, raw));
  }

  private fullName(name: string): string {
    const person = this.settings.people.find((candidate) => candidate.name === name);
    if (!person?.mail) throw new StoryError(`"${name}" is not among the people of casebook.yaml`);
    return `${person.name} <${person.mail}>`;
  }

  private article(name: string): Values {
    const article = this.articles.get(name);
    if (!article) throw new StoryError(`There is no article "${name}"`);
    return { path: article.path, title: article.title };
  }

  private source(name: string): Source {
    const source = this.sources.get(name);
    if (!source) throw new StoryError(`There is no case "${name}"`);
    return source;
  }
}

function actionOf(raw: Readonly<Record<string, unknown>>): string {
  return Object.keys(raw)[0] ?? '';
}

function isToLead(action: string, key: string): boolean {
  return action === 'notifyLead' || key.startsWith('lead');
}

function fieldsOf(state: CaseState, action: string, concerns: string | undefined): readonly FieldDef[] {
  const procedure = procedureOf(state.kind);
  if (!isGeneral(action)) return procedure.actions[action]?.fields ?? [];
  if (action === 'open') return procedure.actions[procedure.intake]?.fields ?? [];
  return [...(targetOf(procedure, concerns)?.fields ?? []), ...generalActions[action].fields];
}

/** What a text may take from the case itself, so that a message and the plan it tells can't differ. */
function spokenOf(state: CaseState): Readonly<Record<string, string | undefined>> {
  const plan = currentPlan(state);
  const status = lastCheck(state);
  return {
    fixVersion: plan?.version,
    fixDate: plan?.date,
    ticket: state.ticket?.key,
    version: status?.version,
    reason: status?.reason,
    appointment: textOf(state.verification.appointment?.values, 'start').slice(0, 16).replace('T', ' ') || undefined,
  };
}

function textIn(raw: Readonly<Record<string, unknown>>, key: string): string {
  const value = raw[key];
  return typeof value === 'string' ? value : '';
}

function isRecord(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}
