/** One row of a file read under a mapping: text and times, or why a cell can't be taken. */
import type { CaseKind } from '../case/state';
import { fill, w, type Words } from '../words';
import { type CaseField, type CaseFieldDef, caseFields } from './caseFields';
import type { DateReader } from './dates';
import { isUnknown, type Mapping } from './mapping';

/** Empty text for what is not known; times are ISO-8601 with offset. */
export interface CaseRecord {
  readonly externalId: string;
  readonly title: string;
  readonly description: string;
  readonly kind: CaseKind;
  readonly customer: string;
  readonly contact: string;
  readonly channel: string;
  readonly product: string;
  readonly version: string;
  readonly problemType: string;
  readonly impact: string;
  readonly urgency: string;
  /** "open", "closed", "withdrawn", or empty where no column says it. */
  readonly status: string;
  /** The source's own word. */
  readonly statusWord: string;
  readonly receivedAt: string;
  readonly occurredAt: string;
  readonly respondedAt: string;
  readonly resolvedAt: string;
  readonly closedAt: string;
  readonly reopenedAt: readonly string[];
  /** A number, or any other text that was there. */
  readonly reopenCount: string;
  readonly changedAt: string;
  readonly disposition: string;
  readonly owner: string;
  readonly ticketKey: string;
  readonly tags: readonly string[];
  readonly note: string;
}

export interface Refusal {
  readonly column: string;
  readonly reason: Words;
}

/** Longer text than a form takes, see field.ts. */
const LONGEST = 200_000;
const LONGEST_TITLE = 500;
const SEPARATOR = /\s*[;；|\n]\s*/;

interface Source {
  readonly field: CaseFieldDef;
  readonly headers: readonly string[];
  readonly indexes: readonly number[];
  readonly words: ReadonlyMap<string, string>;
}

export class RecordReader {
  readonly #sources: readonly Source[];

  constructor(
    headers: readonly string[],
    private readonly mapping: Mapping,
    private readonly dates: DateReader,
  ) {
    this.#sources = caseFields.map((field) => {
      const chosen = (mapping.columns[field.key] ?? []).filter((header) => headers.includes(header));
      return {
        field,
        headers: chosen,
        indexes: chosen.map((header) => headers.indexOf(header)),
        words: new Map(Object.entries(mapping.values[field.key] ?? {})),
      };
    });
  }

  read(row: readonly string[]): { readonly record: CaseRecord; readonly refused: readonly Refusal[] } {
    const refused: Refusal[] = [];
    const texts: Partial<Record<CaseField, string>> = {};
    let reopenedAt: readonly string[] = [];
    let tags: readonly string[] = [];
    let statusWord = '';
    for (const source of this.#sources) {
      const { field, headers, indexes } = source;
      const cells = indexes.map((index) => this.#cell(row[index]));
      const [first = ''] = cells;
      if (cells.some((cell) => cell.length > LONGEST)) {
        const reason = fill(w('The text is longer than {0} characters', '文本超过 {0} 个字符'), String(LONGEST));
        refused.push({ column: headers[0] ?? '', reason });
        continue;
      }
      switch (field.type) {
        case 'text':
          texts[field.key] = source.words.get(first) ?? first;
          break;
        case 'joined':
          texts[field.key] = cells
            .filter((cell) => cell !== '')
            .join(' · ')
            .replace(/\s+/g, ' ');
          break;
        case 'lines':
          texts[field.key] = linesOf(headers, cells);
          break;
        case 'list':
          tags = [...new Set(first.split(/[,，;；|\n]/).map((tag) => tag.trim()))].filter((tag) => tag !== '');
          break;
        case 'choice':
          if (field.key === 'status') statusWord = first;
          texts[field.key] = this.#choose(source, first, refused);
          break;
        case 'date': {
          const times = this.#times(field.key, headers[0] ?? '', first, refused);
          if (field.key === 'reopenedAt') reopenedAt = times;
          else texts[field.key] = times[0] ?? '';
          break;
        }
      }
      if (texts[field.key] === '') texts[field.key] = this.mapping.constants[field.key] ?? '';
    }
    const text = (key: CaseField) => texts[key] ?? '';
    // a title is a line; where there is none the description begins with one, and the number is better than nothing
    const [opening = ''] = text('description').split('\n');
    const title = (text('title') || opening || text('externalId')).slice(0, LONGEST_TITLE).trim();
    return {
      refused,
      record: {
        externalId: text('externalId'),
        title,
        description: text('description'),
        kind: text('kind') === 'request' ? 'request' : 'issue',
        customer: text('customer'),
        contact: text('contact'),
        channel: text('channel'),
        product: text('product'),
        version: text('version'),
        problemType: text('problemType'),
        impact: text('impact'),
        urgency: text('urgency'),
        status: text('status'),
        statusWord,
        receivedAt: text('receivedAt'),
        occurredAt: text('occurredAt'),
        respondedAt: text('respondedAt'),
        resolvedAt: text('resolvedAt'),
        closedAt: text('closedAt'),
        reopenedAt,
        reopenCount: text('reopenCount'),
        changedAt: text('changedAt'),
        disposition: text('disposition'),
        owner: text('owner'),
        ticketKey: text('ticketKey'),
        tags,
        note: text('note'),
      },
    };
  }

  #cell(raw: string | undefined): string {
    const text = raw?.trim() ?? '';
    return isUnknown(this.mapping, text) ? '' : text;
  }

  #choose({ field, headers, words }: Source, word: string, refused: Refusal[]): string {
    if (word === '') return '';
    const chosen = words.get(word) ?? (field.options?.some(({ value }) => value === word) ? word : undefined);
    if (chosen !== undefined) return chosen;
    const reason = fill(w('Nobody said what "{0}" stands for ({1})', '未指定“{0}”对应的值（{1}）'), word, field.label);
    refused.push({ column: headers[0] ?? '', reason });
    return '';
  }

  #times(key: CaseField, column: string, text: string, refused: Refusal[]): readonly string[] {
    if (text === '') return [];
    const parts = key === 'reopenedAt' ? text.split(SEPARATOR).filter((part) => part !== '') : [text];
    return parts.flatMap((part) => {
      const time = this.dates.read(part);
      if (time !== undefined) return [time];
      refused.push({ column, reason: fill(noDate[this.mapping.dateOrder ?? 'none'], part) });
      return [];
    });
  }
}

/** An order is named only where the dates of the file have one. */
const noDate = {
  dmy: w('"{0}" is no date (day first)', '“{0}”不是日期（日在前）'),
  mdy: w('"{0}" is no date (month first)', '“{0}”不是日期（月在前）'),
  none: w('"{0}" is no date', '“{0}”不是日期'),
} as const;

/** One column says its text; of several each stands under its header. */
function linesOf(headers: readonly string[], cells: readonly string[]): string {
  if (headers.length === 1) return cells[0] ?? '';
  return cells.flatMap((cell, index) => (cell === '' ? [] : [`${headers[index]}: ${cell}`])).join('\n');
}
