/**
 * Cases as tables, and back without loss. The first table is for reading: one row a case. The second holds every event
 * as a line of JSON, and only it is read when the export is imported: what somebody changes in the first stays there.
 */
import type { CaseEvent } from '../case/event';
import { isCaseId } from '../case/ids';
import type { Breathe, CaseCopy, StoredCase } from '../ports';
import { procedureOf } from '../sop/engine';
import { textOf } from '../sop/field';
import { dispositions, requestStatuses, urgencies } from '../sop/fields';
import { findStep } from '../sop/procedure';
import { firstResponseAt } from '../text/nextMessage';
import { say, type Language, w, type Words } from '../words';
import type { Cell, SheetHead } from './files';
import { kinds } from './caseFields';
import type { Table } from './table';

const caseColumns: readonly (readonly [Words, (stored: StoredCase, language: Language) => Cell])[] = [
  [w('Case', '案例编号'), ({ id }) => id],
  [w('Issue or request', '类型'), ({ state }, language) => option(kinds, state.kind, language)],
  [w('Title', '标题'), intake('title')],
  [w('Customer', '客户'), intake('customer')],
  [w('Contact', '联系人'), intake('contact')],
  [w('Channel', '渠道'), intake('channel')],
  [w('Product', '产品'), intake('product')],
  [w('Version', '版本'), intake('version')],
  [w('Problem type', '问题类型'), intake('problemType')],
  [w('Urgency', '紧急程度'), ({ state }, language) => option(urgencies, state.urgency ?? '', language)],
  [w('Status', '状态'), ({ state }, language) => say(statusWords[state.status], language)],
  [w('Step', '步骤'), stepOf],
  [w('Round', '轮次'), ({ state }) => state.round],
  [w('Owner', '负责人'), ({ state }) => state.owner],
  [w('Received at', '接收时间'), ({ state }) => date(textOf(intakeOf(state), 'receivedAt') || state.opened?.at)],
  [w('First response', '首次响应'), ({ state }) => date(firstResponseAt(state))],
  [w('Closed at', '关闭时间'), ({ state }) => date(state.closedAt)],
  [w('Disposition', '处理结论'), dispositionOf],
  [w('Times reopened', '重新打开次数'), ({ state }) => state.reactivations.filter(({ reopened }) => reopened).length],
  [w('Ticket', '工单'), ({ state }) => state.ticket?.key ?? ''],
  [w('Tags', '标签'), ({ state }) => state.tags.join('; ')],
  [
    w('Description', '问题描述'),
    ({ state }) => textOf(intakeOf(state), 'description') || textOf(intakeOf(state), 'content'),
  ],
];

const statusWords: Readonly<Record<StoredCase['state']['status'], Words>> = {
  open: w('Open', '处理中'),
  archived: w('Archived', '已归档'),
  closed: w('Closed', '已关闭'),
  withdrawn: w('Withdrawn', '已撤回'),
  merged: w('Merged', '已合并'),
  converted: w('Converted', '已转为需求'),
};

const EVENT_COLUMNS = ['case', 'line', 'part', 'event'] as const;
/** A spreadsheet's cell holds 32,767 characters. */
const PART = 30_000;
const LONGEST_TEXT = 32_000;
/** Of one event: 300 million characters. A greater number is none of ours, and room would be made for it. */
const MOST_PARTS = 10_000;

export function exportHeads(language: Language): readonly [SheetHead, SheetHead] {
  return [
    { name: say(w('Cases', '案例'), language), headers: caseColumns.map(([label]) => say(label, language)) },
    { name: 'Events', headers: EVENT_COLUMNS },
  ];
}

export function caseRow(stored: StoredCase, language: Language): readonly Cell[] {
  return caseColumns.map(([, read]) => {
    const cell = read(stored, language);
    return typeof cell === 'string' ? short(cell) : cell;
  });
}

export function eventRows({ id, events }: CaseCopy): readonly (readonly Cell[])[] {
  return events.flatMap((event, index) =>
    parts(jsonOf(event)).map((text, part): Cell[] => [id, index + 1, part + 1, text]),
  );
}

/** JSON whose every character any spreadsheet keeps: its own escapes ("_x0041_") and what XML has no word for included. */
function jsonOf(event: CaseEvent): string {
  return JSON.stringify(event)
    .replaceAll('_x', String.raw`\u005fx`)
    .replace(
      /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/** Never between the two halves of a character, and without a blank at either end, which a reader may take away. */
function parts(text: string): readonly string[] {
  const found: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + PART, text.length);
    if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    found.push(text.slice(start, end).replace(/^ | $/g, String.raw`\u0020`));
    start = end;
  }
  return found;
}

/** True for the table that `eventRows` make. */
export function isEventTable({ headers }: Table): boolean {
  return EVENT_COLUMNS.every((name, index) => headers[index]?.trim() === name);
}

export interface ReadBack {
  readonly cases: readonly CaseCopy[];
  /** Rows that are no part of an event, as a spreadsheet counts. */
  readonly unreadable: readonly number[];
}

/** Rows may lie in any order: a spreadsheet may have sorted them. */
export async function readEvents({ rows }: Table, breathe: Breathe): Promise<ReadBack> {
  const lines = new Map<string, Map<number, { readonly row: number; readonly texts: string[] }>>();
  const unreadable: number[] = [];
  for (const [index, [id = '', line = '', part = '', text = '']] of rows.entries()) {
    await breathe();
    const [number, at] = [Number(line), Number(part)];
    if (id === '' && line === '' && text === '') continue;
    if (!isCaseId(id) || !Number.isInteger(number) || !Number.isInteger(at) || at < 1 || at > MOST_PARTS) {
      unreadable.push(index + 2);
      continue;
    }
    const ofCase = lines.get(id) ?? new Map<number, { row: number; texts: string[] }>();
    lines.set(id, ofCase);
    const entry = ofCase.get(number) ?? { row: index + 2, texts: [] };
    ofCase.set(number, entry);
    entry.texts[at - 1] = text;
  }
  const cases: CaseCopy[] = [];
  for (const [id, ofCase] of lines) {
    await breathe();
    const events = [...ofCase]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([, { row, texts }]) => {
        const event = parse(texts.join(''));
        if (event) return [event];
        unreadable.push(row);
        return [];
      });
    if (events.length > 0) cases.push({ id, events });
  }
  return { cases, unreadable };
}

function parse(text: string): CaseEvent | undefined {
  try {
    const event = JSON.parse(text) as Partial<CaseEvent> | null;
    const isEvent = typeof event?.id === 'string' && typeof event.type === 'string' && typeof event.n === 'number';
    return isEvent ? (event as CaseEvent) : undefined;
  } catch {
    return undefined;
  }
}

function intakeOf(state: StoredCase['state']) {
  return state.values[procedureOf(state.kind).intake];
}

function intake(key: string): (stored: StoredCase) => Cell {
  return ({ state }) => textOf(intakeOf(state), key);
}

/** The whole of it is in the event. */
function short(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function date(at: string | undefined): Cell {
  return at === undefined || at === '' ? '' : { date: at };
}

function option(options: readonly { value: string; label: Words }[], value: string, language: Language): string {
  const found = options.find((entry) => entry.value === value);
  return found ? say(found.label, language) : value;
}

function stepOf({ state }: StoredCase, language: Language): string {
  const step = findStep(procedureOf(state.kind), state.step);
  return step ? `${step.id} ${say(step.name, language)}` : state.step;
}

function dispositionOf({ state }: StoredCase, language: Language): string {
  const last = state.closedAt === undefined ? undefined : state.closures.at(-1);
  return option([...dispositions, ...requestStatuses], last?.disposition ?? '', language);
}
