/** What an import would make of a file: the cases, and every row that would not become one, with the reason. */
import type { CaseKind } from '../case/state';
import { ZoneTime } from '../report/calendar';
import { instantOf } from '../time';
import { fill, w, type Words } from '../words';
import { type Change, courseOf } from './course';
import { DateReader } from './dates';
import type { Mapping } from './mapping';
import { type CaseRecord, RecordReader } from './record';
import { filledRows, isTooLong, rowNumber, type Table, tooLong } from './table';

export interface Rejection {
  /** In the file, as a spreadsheet counts. */
  readonly row: number;
  /** The header; empty where the whole row is meant. */
  readonly column: string;
  readonly reason: Words;
}

export interface PlannedCase {
  /** The first of its rows. */
  readonly row: number;
  /** Its number in the source, or what stands for one. */
  readonly id: string;
  readonly kind: CaseKind;
  /** Of the intake form. */
  readonly intake: Readonly<Record<string, string>>;
  /** Of `importHistory`. */
  readonly history: Readonly<Record<string, unknown>>;
}

export interface Plan {
  readonly cases: readonly PlannedCase[];
  readonly rejected: readonly Rejection[];
  /** Imported before, or twice in the file. */
  readonly duplicates: readonly Rejection[];
  /** Imported, but somebody should know. */
  readonly warnings: readonly Rejection[];
}

/** The cases that are here; each answer is the id of one. */
export interface CasesHere {
  /** The case that was made of this number of the source before. */
  of(number: string): string | undefined;
  /** One with the same title, customer and time of receipt, whatever it was made of. */
  like(record: Content): string | undefined;
  /** One like it that has the same number in another source: its source went by another name then. */
  again(record: Content, number: string): string | undefined;
}

export type Content = Pick<CaseRecord, 'title' | 'customer' | 'receivedAt'>;

export interface PlanOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly here: CasesHere;
}

/** What keeps a mapping from being tried at all. */
export function mappingLacks(mapping: Mapping, needsOrder: boolean): readonly Words[] {
  const has = (key: keyof Mapping['columns']) => (mapping.columns[key]?.length ?? 0) > 0;
  return [
    ...(mapping.source.trim() === '' ? [w('Say what the file comes from', '请填写数据来源')] : []),
    ...(has('title') || has('description') ? [] : [w('A column for the title', '请指定标题所在的列')]),
    ...(has('receivedAt') ? [] : [w('A column for when it was received', '请指定接收时间所在的列')]),
    ...(needsOrder && mapping.dateOrder === undefined
      ? [
          w(
            'Day or month first: the dates of this file can be read both ways',
            '日期的日、月顺序：此文件的日期两种读法均可',
          ),
        ]
      : []),
    ...(mapping.rows === 'change' && !has('externalId')
      ? [w('A column for the number, since several rows are one case', '多行对应一个案例时，须指定编号所在的列')]
      : []),
    ...(mapping.rows === 'change' && !has('changedAt')
      ? [w('A column for the time of each change', '请指定每次变更时间所在的列')]
      : []),
    ...(mapping.rows === 'change' && !has('status')
      ? [w('A column for the status, which each row changes', '请指定状态所在的列')]
      : []),
  ];
}

/**
 * Works the whole file through without writing anything. Yields now and then, so that others get their turn.
 * @yields how many rows are done
 */
export function* planCases(table: Table, mapping: Mapping, options: PlanOptions): Generator<number, Plan> {
  const planner = new Planner(table, mapping, options);
  let done = 0;
  for (const group of mapping.rows === 'case' ? filledRows(table) : yield* groupsOf(table, mapping)) {
    planner.add(group);
    done += group.length;
    yield done;
  }
  return planner.plan();
}

/** Of an audit log, the rows of each number together. @returns indexes of rows, in the file's order */
function* groupsOf(table: Table, mapping: Mapping): Generator<number, Iterable<readonly number[]>> {
  const column = table.headers.indexOf(mapping.columns.externalId?.[0] ?? '');
  const groups = new Map<string, number[]>();
  for (const [index] of filledRows(table)) {
    yield 0;
    const id = table.rows[index]?.[column]?.trim() ?? '';
    // rows without a number are told one by one
    const key = id === '' ? `\n${index}` : id;
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  return groups.values();
}

class Planner {
  readonly #reader: RecordReader;
  readonly #cases: PlannedCase[] = [];
  readonly #rejected: Rejection[] = [];
  readonly #duplicates: Rejection[] = [];
  readonly #warnings: Rejection[] = [];
  readonly #rowsById = new Map<string, number>();
  readonly #rowsByContent = new Map<string, number>();

  constructor(
    private readonly table: Table,
    private readonly mapping: Mapping,
    private readonly options: PlanOptions,
  ) {
    const dates = new DateReader(mapping.dateOrder ?? 'dmy', new ZoneTime(mapping.zone));
    this.#reader = new RecordReader(table.headers, mapping, dates);
  }

  plan(): Plan {
    return {
      cases: this.#cases,
      rejected: this.#rejected,
      duplicates: this.#duplicates,
      warnings: this.#warnings,
    };
  }

  add(indexes: readonly number[]): void {
    const changes: Change[] = [];
    const refused: Rejection[] = [];
    for (const index of indexes) {
      const cells = this.table.rows[index] ?? [];
      if (isTooLong(this.table, cells))
        refused.push({ row: rowNumber(this.table, index), column: '', reason: tooLong });
      const { record, refused: problems } = this.#reader.read(cells);
      refused.push(...problems.map((problem) => ({ row: rowNumber(this.table, index), ...problem })));
      changes.push({ row: rowNumber(this.table, index), record });
    }
    if (refused.length > 0) {
      this.#rejected.push(...refused);
      return;
    }
    const course = courseOf(changes, this.mapping.rows);
    const { row, record } = course;
    const reject = (column: string, reason: Words) => void this.#rejected.push({ row, column, reason });
    const problem = this.#problemOf(record, course.lacks) ?? this.#timeProblem(record, course);
    if (problem) return reject(problem.column, problem.reason);

    const content = JSON.stringify([record.title, record.customer, record.receivedAt]);
    const id = record.externalId || `=${fingerprint(content)}`;
    const duplicate = this.#duplicateOf(id, content, row, record);
    if (duplicate) {
      this.#duplicates.push({ row, ...duplicate });
      return;
    }
    for (const warning of course.warnings) this.#warnings.push({ row, column: '', reason: warning });
    this.#cases.push({ row, id, kind: record.kind, intake: intakeOf(record), history: historyOf(record, course) });
  }

  #problemOf(record: CaseRecord, lacks: Words | undefined): Omit<Rejection, 'row'> | undefined {
    const columnOf = (key: keyof Mapping['columns']) => this.mapping.columns[key]?.[0] ?? '';
    if (this.mapping.rows === 'change' && record.externalId === '') {
      return { column: columnOf('externalId'), reason: w('The number is missing', '缺少编号') };
    }
    if (record.title === '') return { column: columnOf('title'), reason: w('The title is empty', '标题为空') };
    if (record.receivedAt === '') {
      return { column: columnOf('receivedAt'), reason: w('The time of receipt is missing', '缺少接收时间') };
    }
    return lacks && { column: columnOf('closedAt') || columnOf('status'), reason: lacks };
  }

  #timeProblem(record: CaseRecord, course: ReturnType<typeof courseOf>): Omit<Rejection, 'row'> | undefined {
    const columnOf = (key: keyof Mapping['columns']) => this.mapping.columns[key]?.[0] ?? '';
    const closedIn = this.mapping.rows === 'change' ? 'changedAt' : record.closedAt === '' ? 'resolvedAt' : 'closedAt';
    const received = instantOf(record.receivedAt);
    const times = [
      { key: 'receivedAt' as const, at: record.receivedAt },
      { key: 'respondedAt' as const, at: record.respondedAt },
      { key: 'occurredAt' as const, at: record.occurredAt },
      ...course.closedAt.map((at) => ({ key: closedIn as keyof Mapping['columns'], at })),
      ...course.reopenedAt.map((at) => ({ key: 'reopenedAt' as const, at })),
      { key: closedIn as keyof Mapping['columns'], at: course.withdrawnAt },
    ].filter(({ at }) => at !== '');
    for (const { key, at } of times) {
      const column = columnOf(key);
      if (instantOf(at) > this.options.now) {
        return { column, reason: fill(w('{0} lies in the future', '{0}晚于当前时间'), at) };
      }
      if (key !== 'receivedAt' && key !== 'occurredAt' && instantOf(at) < received) {
        const words = w('{0} lies before the time of receipt, {1}', '{0}早于接收时间（{1}）');
        return { column, reason: fill(words, at, record.receivedAt) };
      }
      if (key === 'occurredAt' && instantOf(at) > received) {
        const words = w('{0} lies after the time of receipt, {1}', '{0}晚于接收时间（{1}）');
        return { column, reason: fill(words, at, record.receivedAt) };
      }
    }
    return undefined;
  }

  #duplicateOf(id: string, content: string, row: number, record: CaseRecord): Omit<Rejection, 'row'> | undefined {
    const column = this.mapping.columns.externalId?.[0] ?? '';
    const { here } = this.options;
    const made = here.of(id) ?? here.again(record, id);
    if (made !== undefined)
      return { column, reason: fill(w('Imported before, as {0}', '此前已导入，案例编号为 {0}'), made) };
    const like = here.like(record);
    const words = w('Title, customer and time are those of {0}, which is here', '标题、客户和时间与已有案例 {0} 相同');
    if (like !== undefined && record.externalId === '') return { column: '', reason: fill(words, like) };
    if (like !== undefined) this.#warnings.push({ row, column: '', reason: fill(words, like) });
    const earlier = this.#rowsById.get(id);
    if (earlier !== undefined) {
      return { column, reason: fill(w('The same case as row {0}', '与第 {0} 行为同一案例'), String(earlier)) };
    }
    this.#rowsById.set(id, row);
    const alike = this.#rowsByContent.get(content);
    if (alike === undefined) this.#rowsByContent.set(content, row);
    else if (record.externalId !== '') {
      const inFile = w('Title, customer and time are those of row {0}', '标题、客户和时间与第 {0} 行相同');
      this.#warnings.push({ row, column: '', reason: fill(inFile, String(alike)) });
    }
    return undefined;
  }
}

function intakeOf(record: CaseRecord): Readonly<Record<string, string>> {
  const { title, description, customer, contact, channel, product, version, problemType, impact } = record;
  const { receivedAt, occurredAt } = record;
  const both = { title, customer, contact, channel, product, version, receivedAt };
  const own =
    record.kind === 'request'
      ? { content: description }
      : { description, impact, problemType, occurredAt, ...(occurredAt === '' ? {} : { occurrence: 'moment' }) };
  return withoutEmpty({ ...both, ...own });
}

function historyOf(record: CaseRecord, course: ReturnType<typeof courseOf>): Readonly<Record<string, unknown>> {
  const { closedAt, reopenedAt, withdrawnAt } = course;
  const texts = withoutEmpty({
    urgency: record.urgency,
    respondedAt: record.respondedAt,
    disposition: closedAt.length > 0 ? dispositionFor(record) : '',
    withdrawnAt,
    status: record.statusWord,
    owner: record.owner,
    ticketKey: record.ticketKey,
    note: record.note,
  });
  return {
    ...texts,
    ...(closedAt.length > 0 ? { closedAt } : {}),
    ...(reopenedAt.length > 0 ? { reopenedAt } : {}),
    ...(record.tags.length > 0 ? { tags: record.tags } : {}),
  };
}

/** The two procedures end in words of their own; a file has one column, or one word for all. */
const asRequest: Readonly<Record<string, string>> = {
  fixed: 'released',
  solvedBySupport: 'released',
  notADefect: 'notAdopted',
  wontFix: 'notAdopted',
};
const asIssue: Readonly<Record<string, string>> = { released: 'fixed', notAdopted: 'wontFix' };

function dispositionFor({ kind, disposition }: CaseRecord): string {
  return (kind === 'request' ? asRequest : asIssue)[disposition] ?? disposition;
}

function withoutEmpty(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** Tells rows without a number apart: two FNV-1a sums of 32 bits, hexadecimal. */
function fingerprint(text: string): string {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ (unit + index), 0x01000193);
  }
  return [a, b].map((sum) => (sum >>> 0).toString(16).padStart(8, '0')).join('');
}
