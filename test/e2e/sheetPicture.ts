/** Shows a sheet of a workbook as a table, as its own styles say: enough for what reports are made of. */
import { strFromU8, unzipSync } from 'fflate';

const DAY = 86_400_000;
const all = (xml: string, pattern: RegExp) =>
  [...xml.matchAll(pattern)].map(([whole, first = '']) => ({ whole, first }));
const attribute = (xml: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(xml)?.[1];

interface Look {
  readonly format: string;
  readonly css: string;
}

/** @param sheet 1-based. @returns HTML of the sheet's beginning */
export function sheetPicture(workbook: Uint8Array, sheet: number, rows: number): string {
  const parts = unzipSync(workbook);
  const text = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
  const shared = all(text('xl/sharedStrings.xml'), /<si>([\s\S]*?)<\/si>/g).map(({ first }) =>
    first.replace(/<[^>]*>/g, ''),
  );
  const names = all(text('xl/workbook.xml'), /<sheet [^>]*\/>/g).map(({ whole }) => attribute(whole, 'name') ?? '');
  const looks = looksIn(text('xl/styles.xml'));
  const xml = text(`xl/worksheets/sheet${sheet}.xml`);
  const widths = all(xml, /<col [^>]*\/>/g).map(({ whole }) => Number(attribute(whole, 'width')));
  const merged = new Map(
    all(xml, /<mergeCell [^>]*ref="([^"]*)"/g).map(({ first }) => {
      const [from = '', to = ''] = first.split(':');
      return [from, columnOf(to) - columnOf(from) + 1] as const;
    }),
  );
  const cell = (whole: string): { at: number; html: string; span: number } => {
    const ref = attribute(whole, 'r') ?? '';
    const look = looks[Number(attribute(whole, 's') ?? 0)];
    const value = /<v>([\s\S]*?)<\/v>/.exec(whole)?.[1] ?? '';
    const shownValue = attribute(whole, 't') === 's' ? (shared[Number(value)] ?? '') : formatted(value, look?.format);
    const span = merged.get(ref) ?? 1;
    return { at: columnOf(ref), span, html: `<td colspan="${span}" style="${look?.css ?? ''}">${shownValue}</td>` };
  };
  const lines = all(xml, /<row [^>]*?(?:\/>|>([\s\S]*?)<\/row>)/g).slice(0, rows);
  const body = lines.map(({ first }, index) => {
    let next = 1;
    const html = all(first, /<c [^>]*?(?:\/>|>[\s\S]*?<\/c>)/g).map(({ whole }) => {
      const one = cell(whole);
      if (one.at < next) return '';
      const gap = one.at > next ? `<td colspan="${one.at - next}"></td>` : '';
      next = one.at + one.span;
      return gap + one.html;
    });
    return `<tr><th>${index + 1}</th>${html.join('')}<td colspan="99"></td></tr>`;
  });
  const tabs = names.map((name, index) => `<span${index + 1 === sheet ? ' class="on"' : ''}>${name}</span>`);
  const columns = widths.map((width) => `<col style="width:${width * 7 + 5}px">`);
  return `<!doctype html><meta charset="utf-8"><style>
body{margin:0;font:13px "Noto Sans SC","Microsoft YaHei",sans-serif;background:#fff}
table{border-collapse:collapse;table-layout:fixed;width:100%}td{padding:2px 4px;overflow:visible}
td:not([style*=wrap]){white-space:nowrap}th{width:26px;background:#f1f3f4;color:#5f6368;font-weight:400;border:1px solid #dadce0}
nav{border-top:1px solid #dadce0;background:#f1f3f4;padding:0 26px}nav span{display:inline-block;padding:7px 16px}
nav .on{background:#fff;font-weight:600;border-bottom:2px solid #1f3a4d}</style>
<table><colgroup><col style="width:30px">${columns.join('')}<col></colgroup>${body.join('\n')}</table><nav>${tabs.join('')}</nav>`;
}

function looksIn(styles: string): Look[] {
  const formats = new Map(
    all(styles, /<numFmt [^>]*\/>/g).map(({ whole }) => [attribute(whole, 'numFmtId'), attribute(whole, 'formatCode')]),
  );
  const fonts = all(styles, /<font>([\s\S]*?)<\/font>/g).map(({ first }) =>
    [
      first.includes('<b/>') ? 'font-weight:600' : '',
      first.includes('<i/>') ? 'font-style:italic' : '',
      `font-size:${Number(/<sz val="(\d+)"/.exec(first)?.[1] ?? 10) * 1.3}px`,
      colour('color', /<color rgb="FF(\w+)"/.exec(first)?.[1]),
    ].join(';'),
  );
  const fills = all(styles, /<fill>([\s\S]*?)<\/fill>/g).map(({ first }) =>
    colour('background', /<fgColor rgb="FF(\w+)"/.exec(first)?.[1]),
  );
  const xfs = /<cellXfs[^>]*>([\s\S]*?)<\/cellXfs>/.exec(styles)?.[1] ?? '';
  return all(xfs, /<xf [^>]*?(?:\/>|>[\s\S]*?<\/xf>)/g).map(({ whole }) => ({
    format: formats.get(attribute(whole, 'numFmtId')) ?? '',
    css: [
      fonts[Number(attribute(whole, 'fontId') ?? 0)],
      fills[Number(attribute(whole, 'fillId') ?? 0)],
      `text-align:${attribute(whole, 'horizontal') ?? 'left'}`,
      attribute(whole, 'wrapText') ? 'white-space:normal;--wrap:1' : '',
      attribute(whole, 'borderId') ? 'border-bottom:1px solid #d5dbe1' : '',
    ].join(';'),
  }));
}

const colour = (property: string, rgb: string | undefined) => (rgb === undefined ? '' : `${property}:#${rgb}`);

function columnOf(ref: string): number {
  return Array.from(ref.replace(/\d/g, '')).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function formatted(value: string, format = ''): string {
  if (value === '') return '';
  const number = Number(value);
  const [first = ''] = format.split(';');
  const sign = first.startsWith('+') && number > 0 ? '+' : '';
  if (first.includes('%')) return `${sign}${(number * 100).toFixed(1)}%`;
  const minutes = Math.round(number * 24 * 60);
  if (first === '[h]:mm') return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  if (first.startsWith('yyyy')) {
    const iso = new Date(Date.UTC(1899, 11, 30) + Math.round(number * DAY)).toISOString();
    return first.includes('hh') ? iso.slice(0, 16).replace('T', ' ') : iso.slice(0, 10);
  }
  return sign + (first.includes('0.00') ? number.toFixed(2) : number.toLocaleString('en-US'));
}
