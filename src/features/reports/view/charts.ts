/** The report's charts, drawn by ECharts in the colours of the editor; the numbers are in a table beside each. */
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import {
  type Bar,
  chartOption,
  chartSize,
  type ChartTheme,
  chartThemes,
  type ChartThemeName,
} from '../../../domain/report/charts';
import { el } from '../../../platform/view/dom';
import type { PageBar, PageChart } from '../pageDocument';
import type { ShowCases } from './figure';

// canvas: the policy of a webview forbids the style attributes that the SVG renderer writes
use([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

/** By the class that the editor gives the body; one of high contrast on light has both of its kind. */
function themeName(classes: DOMTokenList): ChartThemeName {
  if (classes.contains('vscode-high-contrast-light')) return 'highContrastLight';
  if (classes.contains('vscode-high-contrast')) return 'highContrast';
  return classes.contains('vscode-light') ? 'light' : 'dark';
}

/** The editor's own colours for words and lines, so that a chart stands on the page as its text does. */
function themeNow(): ChartTheme {
  const theme = chartThemes[themeName(document.body.classList)];
  const style = getComputedStyle(document.body);
  const colour = (variable: string, otherwise: string) => style.getPropertyValue(variable).trim() || otherwise;
  return {
    ...theme,
    text: colour('--vscode-foreground', theme.text),
    line: colour('--vscode-descriptionForeground', theme.line),
    font: style.fontFamily || theme.font,
  };
}

/** All charts of one page: they follow its theme and its width. */
export class Charts {
  private readonly shown = new Map<HTMLElement, ChartView>();
  private readonly sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) this.shown.get(target as HTMLElement)?.draw();
  });
  private readonly themes = new MutationObserver(() => this.redraw());

  constructor() {
    this.themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  }

  add(chart: PageChart, showCases: ShowCases): HTMLElement {
    const view = new ChartView(chart, showCases);
    this.shown.set(view.element, view);
    // it is drawn once it has a width
    this.sizes.observe(view.element);
    return view.element;
  }

  clear(): void {
    for (const [element, view] of this.shown) {
      this.sizes.unobserve(element);
      view.dispose();
    }
    this.shown.clear();
  }

  private redraw(): void {
    for (const view of this.shown.values()) view.draw(true);
  }
}

class ChartView {
  readonly element: HTMLElement;
  private chart: EChartsType | undefined;
  private width = 0;

  constructor(
    private readonly spec: PageChart,
    private readonly showCases: ShowCases,
  ) {
    this.element = el('div', {
      class: 'chart',
      role: 'img',
      'aria-label': `${spec.title}. ${spec.description}`,
      'data-chart': spec.id,
    });
  }

  draw(isForced = false): void {
    const width = Math.floor(this.element.clientWidth);
    if (width === 0 || (width === this.width && !isForced)) return;
    this.width = width;
    const bar = plainBar(this.spec.bars);
    const size = chartSize(bar, width);
    if (this.chart) this.chart.resize(size);
    else this.begin(size);
    const option = chartOption(bar, themeNow(), size);
    this.chart?.setOption({ ...option, tooltip: tooltip() }, true);
  }

  dispose(): void {
    this.chart?.dispose();
  }

  private begin(size: { readonly width: number; readonly height: number }): void {
    this.chart = init(this.element, undefined, size);
    this.chart.on('click', ({ seriesIndex = 0, dataIndex, name, seriesName }) => {
      const { series } = this.spec.bars;
      const cases = series[seriesIndex]?.cases[dataIndex];
      const about = [this.spec.title, name, series.length > 1 ? seriesName : undefined];
      if (cases) this.showCases(cases, about.filter((part) => part !== undefined && part !== '').join(' · '));
    });
  }
}

/** Drawn on the canvas: the policy forbids the style attributes of one that is made of elements. */
function tooltip(): object {
  const style = getComputedStyle(document.body);
  const colour = (variable: string) => style.getPropertyValue(variable).trim();
  return {
    trigger: 'axis',
    axisPointer: { type: 'shadow' },
    confine: true,
    renderMode: 'richText',
    backgroundColor: colour('--vscode-editorHoverWidget-background'),
    borderColor: colour('--vscode-editorHoverWidget-border'),
    textStyle: { color: colour('--vscode-editorHoverWidget-foreground'), fontFamily: style.fontFamily, fontSize: 12 },
  };
}

/** The page has no ids of cases, and drawing needs none. */
function plainBar(bars: PageBar): Bar {
  return { ...bars, series: bars.series.map((series) => ({ ...series, cases: [] })) };
}
