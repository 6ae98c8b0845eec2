/** How the HTML report looks, on the screen and on A4. */
import { chartFont } from '../../domain/report/charts';
import { escapeCss } from './texts';

/** @param header what stands at the top of every printed page, left and right */
export const htmlStyle = (header: readonly [string, string], footer: string): string => `
:root { --ink: #1f2933; --soft: #616e7c; --line: #d5dbe1; --band: #1f3a4d; --tint: #f3f6f9; --good: #00684a; --bad: #a33b00; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; background: #e9edf1; color: var(--ink); font: 14px/1.55 ${chartFont}; font-variant-numeric: tabular-nums; }
main { max-width: 920px; margin: 24px auto; background: #fff; padding: 0 44px 44px; box-shadow: 0 1px 6px rgb(31 41 51 / 18%); }
header { background: var(--band); color: #fff; margin: 0 -44px; padding: 30px 44px 24px; }
header h1 { margin: 0; font-size: 28px; line-height: 1.25; font-weight: 650; }
header p { margin: 6px 0 0; font-size: 17px; }
.state { display: inline-block; margin: 12px 8px 0 0; padding: 1px 10px; border: 1px solid #fff; border-radius: 10px; font-size: 12px; }
.facts { display: grid; grid-template-columns: max-content 1fr max-content 1fr; gap: 2px 14px; margin: 16px 0 0; font-size: 12.5px; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.headline { display: grid; grid-template-columns: repeat(5, 1fr); gap: 10px; margin: 20px 0 8px; padding: 0; list-style: none; }
.headline li { background: var(--tint); border-top: 3px solid var(--band); padding: 10px 12px; }
.headline .label { color: var(--soft); font-size: 12.5px; }
.headline .figure { font-size: 22px; font-weight: 650; line-height: 1.35; }
.headline .detail, .headline .change { font-size: 12px; color: var(--soft); }
.headline .better { color: var(--good); }
.headline .worse { color: var(--bad); }
nav { margin: 18px 0 0; font-size: 13px; }
nav a { color: #1b5a86; margin-right: 18px; }
h2 { margin: 34px 0 0; padding-bottom: 5px; border-bottom: 2px solid var(--band); font-size: 20px; color: var(--band); }
h3 { margin: 24px 0 8px; font-size: 16px; }
p { margin: 8px 0; }
.note { color: var(--soft); font-size: 12px; }
figure { margin: 12px 0; }
figcaption, caption { text-align: left; font-weight: 600; font-size: 13px; padding: 0 0 5px; }
figure svg { display: block; width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; margin: 12px 0; font-size: 12.5px; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid var(--line); }
thead th { background: var(--tint); border-bottom: 1.5px solid var(--band); font-weight: 600; vertical-align: bottom; }
.n { text-align: right; white-space: nowrap; }
thead th { word-break: keep-all; }
thead .n { white-space: normal; }
.rank { width: 3.5em; }
.k, .label { white-space: nowrap; }
td.label { white-space: normal; overflow-wrap: anywhere; min-width: 5em; }
.text { overflow-wrap: anywhere; min-width: 9em; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 28px; align-items: start; }
.slim:not(:has(.text)) { max-width: 62%; }
.pair .slim { max-width: none; }
.draft { margin: 10px 0; padding: 0 0 0 20px; }
.draft li { margin: 5px 0; }
.cases table { font-size: 10.5px; }
.cases .scroll { overflow-x: auto; }
@media (max-width: 760px) {
  main { padding: 0 16px 24px; } header { margin: 0 -16px; padding: 22px 16px; }
  .headline { grid-template-columns: 1fr 1fr; } .facts { grid-template-columns: max-content 1fr; } .pair { grid-template-columns: 1fr; }
}
@page {
  size: A4; margin: 17mm 15mm 16mm;
  @top-left { content: "${escapeCss(header[0])}"; font: 8pt ${chartFont}; color: #616e7c; }
  @top-right { content: "${escapeCss(header[1])}"; font: 8pt ${chartFont}; color: #616e7c; }
  @bottom-left { content: "${escapeCss(footer)}"; font: 8pt ${chartFont}; color: #616e7c; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt ${chartFont}; color: #616e7c; }
}
@page :first { margin-top: 12mm; @top-left { content: none; } @top-right { content: none; } }
@page wide { size: A4 landscape; margin: 15mm 10mm 14mm; }
@media print {
  body { background: none; font-size: 10pt; }
  main { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  header { margin: 0; padding: 9mm 8mm 7mm; }
  nav { display: none; }
  .facts { font-size: 8.5pt; }
  .headline { gap: 3mm; } .headline li { padding: 2.5mm 3mm; }
  .headline .figure { font-size: 13.5pt; white-space: nowrap; } .headline .label, .headline .detail, .headline .change { font-size: 8pt; }
  h2 { font-size: 14.5pt; margin-top: 9mm; break-after: avoid; } h3 { font-size: 11.5pt; margin-top: 6mm; break-after: avoid; }
  h3 + p { break-after: avoid; }
  p { orphans: 3; widows: 3; }
  table { font-size: 8.5pt; } th, td { padding: 1.1mm 2mm; }
  thead { display: table-header-group; break-after: avoid; } tr, li, figure, .headline { break-inside: avoid; }
  caption { break-after: avoid; }
  .short { break-inside: avoid; }
  .cases { page: wide; break-before: page; }
  .cases table { font-size: 6.6pt; } .cases th, .cases td { padding: .7mm 1.1mm; }
  .cases .k:not(:first-child), .cases .n { white-space: normal; } .cases .text { min-width: 17em; }
  .cases .scroll { overflow: visible; }
  a { color: inherit; text-decoration: none; }
}`;
