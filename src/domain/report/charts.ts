/** The report's charts: what they show, as plain data, and how echarts is told to draw it. Knows nothing of echarts. */
import type { CaseIds } from './figure';
import { numberText } from './sayFigures';

/** Bars by category; several series stand beside each other, or on top of each other. */
export interface Bar {
  /** Lying bars have room for long names. */
  readonly isLying: boolean;
  readonly isStacked: boolean;
  /** What an axis counts: "cases". */
  readonly unit: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
}

export interface Series {
  /** Shown in a legend where there are several. */
  readonly name: string;
  /** One for each category. */
  readonly values: readonly number[];
  /** The cases behind each. */
  readonly cases: readonly CaseIds[];
  /** Place in the palette, so that the same thing has the same colour in every chart. */
  readonly tone: number;
}

export interface ChartTheme {
  readonly background: string;
  readonly text: string;
  /** Axes and what is less than text. */
  readonly line: string;
  readonly grid: string;
  /** Told apart by people who see colours differently (Okabe & Ito), each readable on the background. */
  readonly palette: readonly string[];
  /** Patterns on every bar, for those who can't go by colours at all. */
  readonly hasPatterns: boolean;
  readonly font: string;
}

/** Quoted singly: it stands in attributes. */
export const chartFont =
  "'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Segoe UI', Helvetica, Arial, sans-serif";

const onLight = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9'];
const onDark = ['#56b4e9', '#e69f00', '#2fbf94', '#e39ac4', '#f0e442', '#4a9bd9'];

export const chartThemes = {
  light: {
    background: 'transparent',
    text: '#1f2933',
    line: '#7b8794',
    grid: '#e4e7eb',
    palette: onLight,
    hasPatterns: false,
    font: chartFont,
  },
  dark: {
    background: 'transparent',
    text: '#d7dce1',
    line: '#8b96a2',
    grid: '#3a424b',
    palette: onDark,
    hasPatterns: false,
    font: chartFont,
  },
  highContrast: {
    background: 'transparent',
    text: '#ffffff',
    line: '#ffffff',
    grid: '#6b6b6b',
    palette: ['#ffffff', '#ffd400', '#00e5ff', '#ff8ad8', '#7dff7d', '#ffb37a'],
    hasPatterns: true,
    font: chartFont,
  },
  highContrastLight: {
    background: 'transparent',
    text: '#000000',
    line: '#000000',
    grid: '#8c8c8c',
    palette: ['#000000', '#8f3a00', '#00429d', '#005c43', '#7a1f5c', '#4d4d00'],
    hasPatterns: true,
    font: chartFont,
  },
} as const satisfies Record<string, ChartTheme>;

export type ChartThemeName = keyof typeof chartThemes;

/** CSS pixels. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

const ROW = 24;

/** How high the chart should be; lying bars need a row each. */
export function chartSize({ isLying, categories, series }: Bar, width: number): ChartSize {
  // what standing bars count is written under the legend
  const legend = series.length > 1 ? (isLying ? 30 : 46) : 0;
  return { width, height: isLying ? categories.length * ROW + 20 + legend : 210 + legend };
}

/** Signs on the bars besides their colours; the first series has none. */
const decals = [
  { symbol: 'none' },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4 },
  {
    symbol: 'circle',
    dashArrayX: [
      [6, 6],
      [0, 6, 6, 0],
    ],
    dashArrayY: [6, 0],
    symbolSize: 0.7,
  },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: 0 },
] as const;

/** Standing bars of so few categories have all of their names, in two lines where one is too short. */
const NAMED = 8;
/** Pixels beside the bars of a standing chart, and between two names. */
const BESIDE = 70;
const BETWEEN = 6;

/** An option object for `echarts.setOption`: bars with their numbers on them. A page adds the tooltip. */
export function chartOption(bar: Bar, theme: ChartTheme, { width }: ChartSize): Readonly<Record<string, unknown>> {
  const { isLying, isStacked, categories, series, unit } = bar;
  const text = { color: theme.text, fontFamily: theme.font, fontSize: 12 };
  const hasLegend = series.length > 1;
  const isNamed = !isLying && categories.length <= NAMED;
  const labels = {
    type: 'category',
    data: [...categories],
    // the first category of lying bars is the uppermost
    inverse: isLying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: theme.line } },
    axisLabel: {
      ...text,
      interval: isLying || categories.length <= 14 ? 0 : 'auto',
      // in a narrow chart names need more of the room than bars do
      width: isLying
        ? Math.round(width * (width < 520 ? 0.42 : 0.3))
        : isNamed
          ? Math.floor((width - BESIDE) / categories.length) - BETWEEN
          : undefined,
      overflow: isLying ? 'truncate' : isNamed ? 'break' : undefined,
      hideOverlap: !isLying && !isNamed,
    },
  };
  const numbers = {
    type: 'value',
    minInterval: 1,
    name: isLying ? undefined : unit,
    nameTextStyle: { ...text, color: theme.line, align: 'left' },
    axisLabel: { ...text, color: theme.line, show: !isLying },
    splitLine: { show: !isLying, lineStyle: { color: theme.grid } },
  };
  return {
    animation: false,
    backgroundColor: theme.background,
    textStyle: { fontFamily: theme.font, color: theme.text },
    grid: {
      left: 8,
      right: 48,
      top: (hasLegend ? 38 : 14) + (isLying ? 0 : 16),
      bottom: 6,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    ...(hasLegend && { legend: { top: 0, left: 0, itemGap: 18, textStyle: text, itemWidth: 18, itemHeight: 12 } }),
    xAxis: isLying ? numbers : labels,
    yAxis: isLying ? labels : numbers,
    series: series.map(({ name, values, tone }, index) => ({
      type: 'bar',
      name,
      data: values.map((value) => barOf(value, hasLegend)),
      ...(isStacked && { stack: 'all' }),
      barMaxWidth: isLying ? 15 : 44,
      barCategoryGap: '32%',
      itemStyle: {
        color: theme.palette[tone % theme.palette.length],
        ...((hasLegend || theme.hasPatterns) && { decal: decalOf(index, theme) }),
        ...(theme.hasPatterns && { borderColor: theme.text, borderWidth: 1 }),
      },
      label: labelOf(bar, theme, index),
    })),
  };
}

/** Beside or on top of other bars, nothing needs no number. */
function barOf(value: number, hasOthers: boolean): number | object {
  if (hasOthers && value === 0) return { value, label: { show: false } };
  return value < 1_000 ? value : { value, label: { formatter: numberText(value) } };
}

function decalOf(index: number, { hasPatterns }: ChartTheme): object {
  const decal = decals[index % decals.length] ?? decals[0];
  return { ...decal, color: hasPatterns ? 'rgba(128,128,128,0.75)' : 'rgba(255,255,255,0.55)' };
}

/** On stacked bars the number stands inside, with an edge around it; nothing is written where there is nothing. */
function labelOf({ isLying, isStacked, series, categories }: Bar, theme: ChartTheme, index: number): object {
  const isCrowded = !isLying && !isStacked && series.length * categories.length > 30;
  const values = series[index]?.values ?? [];
  return {
    show: !isCrowded && values.some((value) => value > 0),
    position: isStacked ? 'inside' : isLying ? 'right' : 'top',
    color: isStacked ? '#ffffff' : theme.text,
    ...(isStacked && { textBorderColor: '#1f2933', textBorderWidth: 2 }),
    fontFamily: theme.font,
    fontSize: 11,
    hideOverlap: true,
  };
}
