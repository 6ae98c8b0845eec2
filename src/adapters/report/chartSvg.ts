/** Draws a chart as SVG, without a browser. */
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { chartOption, chartSize, chartThemes, type ChartTheme } from '../../domain/report/charts';
import type { Chart } from '../../domain/report/document/reportDocument';
import { printable } from '../../domain/report/plainText';
import { escapeXml } from './texts';

use([BarChart, GridComponent, LegendComponent, SVGRenderer]);

/** Pictures are read on paper, and beside text of any colour. */
const onPaper: ChartTheme = { ...chartThemes.light, background: '#ffffff' };

/** The same chart is the same text, byte for byte. @param width CSS pixels */
export function chartSvg({ id, title, description, bars }: Chart, width: number): string {
  const clean = { ...bars, categories: bars.categories.map(printable) };
  const size = chartSize(clean, width);
  const drawing = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    drawing.setOption({ ...chartOption(clean, onPaper, size) });
    return accessible(plain(drawing.renderToSVGString({ useViewBox: true }), id), id, title, description);
  } finally {
    drawing.dispose();
  }
}

/** Ids are counted over everything that was ever drawn; the rest is for a pointer, which paper has none of. */
function plain(svg: string, id: string): string {
  return svg
    .replace(/<style\s*>[\s\S]*?<\/style>\s*/g, '')
    .replace(/ (?:ecmeta_\w+|class|pointer-events)="[^"]*"/g, '')
    .replace(/\bzr\d+-/g, `${id}-`);
}

function accessible(svg: string, id: string, title: string, description: string): string {
  const said = `<title id="${id}-title">${escapeXml(title)}</title><desc id="${id}-desc">${escapeXml(description)}</desc>`;
  return svg.replace(
    /^<svg ([^>]*)>/,
    (_whole, attributes: string) =>
      `<svg ${attributes} role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc">\n${said}`,
  );
}
