/** What stands on the command line: read once, or refused with a reason that can be said. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ReportFormat, reportFormats } from '../domain/report/reportShelf';
import { fill, type Language, languageOf, w, type Words } from '../domain/words';

/** Periods that are told from the day on which the command runs. */
export const relativePeriods = ['last-month', 'last-quarter', 'this-month', 'this-quarter'] as const;
export type RelativePeriod = (typeof relativePeriods)[number];

export interface ReportRequest {
  /** "2026-09", "2026-Q3", or one of `relativePeriods`. */
  readonly period: string;
  /** As it was typed. */
  readonly casebook: string;
  readonly language: Language;
  readonly formats: readonly ReportFormat[];
  /** As it was typed; left out: the casebook's own `reports`. */
  readonly out?: string;
  /** Names as they were typed; none: all. */
  readonly customers: readonly string[];
  readonly products: readonly string[];
  readonly isPseudonymised: boolean;
  readonly isCommitted: boolean;
  readonly isFrozen: boolean;
  readonly isJson: boolean;
}

export type CommandLine =
  | { readonly kind: 'report'; readonly request: ReportRequest }
  | { readonly kind: 'help' | 'version'; readonly language: Language }
  | { readonly kind: 'wrong'; readonly language: Language; readonly why: Words };

const options = {
  casebook: { type: 'string' },
  language: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  customer: { type: 'string', multiple: true },
  product: { type: 'string', multiple: true },
  pseudonyms: { type: 'boolean' },
  commit: { type: 'boolean' },
  freeze: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const shortFormats: Readonly<Record<string, ReportFormat>> = { md: 'markdown' };

/** @param args without Node and the script @param environment for the language, where none is asked for */
export function readCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const fallback = languageOf(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || 'en');
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node's own words name the argument
    const said = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    return { kind: 'wrong', language: fallback, why: fill(w('{0}.', '参数有误：{0}。'), said) };
  }
  const { values, positionals } = parsed;
  const language = values.language === undefined ? fallback : readLanguage(values.language);
  const wrong = (why: Words): CommandLine => ({ kind: 'wrong', language: language ?? fallback, why });
  if (!language) {
    return wrong(
      fill(
        w('"{0}" is no language of reports: en or zh-CN.', '报告语言只能是 en 或 zh-CN，不能是“{0}”。'),
        values.language ?? '',
      ),
    );
  }
  if (values.help) return { kind: 'help', language };
  if (values.version) return { kind: 'version', language };

  const [command, period, ...more] = positionals;
  if (command === undefined) return wrong(w('There is no command.', '未指定命令。'));
  if (command !== 'report') return wrong(fill(w('There is no command "{0}".', '没有“{0}”这个命令。'), command));
  if (period === undefined) return wrong(w('The period is missing.', '未指定报告周期。'));
  if (more.length > 0) return wrong(fill(w('"{0}" is one argument too many.', '多余的参数“{0}”。'), more[0] ?? ''));
  if (!isPeriod(period)) {
    return wrong(
      fill(
        w(
          '"{0}" is no period: write 2026-09, 2026-Q3, {1}.',
          '“{0}”不是有效的报告周期，请写成 2026-09、2026-Q3、{1}。',
        ),
        period,
        w(relativePeriods.join(', '), relativePeriods.join('、')),
      ),
    );
  }
  if (!values.casebook) return wrong(w('Which casebook? --casebook is missing.', '未用 --casebook 指定案例库文件夹。'));
  if (values.out === '') return wrong(w('--out names no folder.', '--out 后缺少文件夹。'));
  const formats = (values.format ?? 'md,html').split(',').map((name) => readFormat(name.trim()));
  if (!formats.every((format) => format !== undefined)) {
    return wrong(
      fill(
        w('"{0}" is no format: md, html, csv, xlsx.', '“{0}”不是有效的格式，可选 md、html、csv、xlsx。'),
        values.format ?? '',
      ),
    );
  }
  const { customer: customers = [], product: products = [] } = values;
  if (values.freeze && customers.length + products.length > 0) {
    return wrong(
      w(
        'Only the whole report is frozen: leave out --freeze, or --customer and --product.',
        '只能对完整的报告定稿，请去掉 --freeze，或去掉 --customer 和 --product。',
      ),
    );
  }
  if (values.out !== undefined && (values.commit || values.freeze)) {
    return wrong(
      w(
        'With --out the casebook stays as it is: --commit and --freeze work on its own reports folder.',
        '--out 不会改动案例库，而 --commit 和 --freeze 针对案例库自己的 reports 文件夹，不能同时使用。',
      ),
    );
  }
  if (values.out !== undefined && resolve(values.out) === resolve(values.casebook, 'reports')) {
    // what is written there is written with care for what a hand wrote
    return wrong(
      w(
        "--out is the casebook's own folder of reports: leave it out.",
        '--out 就是案例库自己的 reports 文件夹，请去掉该选项。',
      ),
    );
  }
  return {
    kind: 'report',
    request: {
      period,
      casebook: values.casebook,
      language,
      formats,
      ...(values.out !== undefined && { out: values.out }),
      customers,
      products,
      isPseudonymised: values.pseudonyms ?? false,
      isCommitted: values.commit ?? false,
      isFrozen: values.freeze ?? false,
      isJson: values.json ?? false,
    },
  };
}

export function isRelative(period: string): period is RelativePeriod {
  return relativePeriods.some((name) => name === period);
}

function isPeriod(period: string): boolean {
  return isRelative(period) || /^\d{4}-(?:0[1-9]|1[0-2]|[Qq][1-4])$/.test(period);
}

function readLanguage(text: string): Language | undefined {
  return /^(?:en|zh)(?:[-_.]|$)/i.test(text) ? languageOf(text) : undefined;
}

function readFormat(name: string): ReportFormat | undefined {
  return shortFormats[name] ?? reportFormats.find((format) => format === name);
}
