import type { Alarm } from '@sc/contracts';
import { scaleOf } from '../../../components/chart-scale.js';
import { type levelLines, levelMarks } from '../../../components/level-lines.js';
import { chartLook, cssVar, linePalette, tooltipLook } from '../../../components/use-chart.js';
import type { Theme } from '../../../app/theme.js';
import { withGaps } from './points.js';
import type { Span } from './span.js';
import type { Series } from './use-series.js';

export interface ChartParts {
  series: readonly Series[];
  span: Span;
  alarms: readonly Alarm[];
  lines: ReturnType<typeof levelLines>;
  /** Of the lines. */
  levels: readonly number[];
  theme: Theme;
  now: number;
  time: (at: number) => string;
  tick: (at: number) => string;
  value: (value: number, series: Series) => string;
  yes: string;
  no: string;
}

const axisWidth = 54;

/** Where the plot lies in its box, in pixels from the left and the right. */
export const plotEdges = (units: number) => ({ left: 58, right: 20 + Math.max(0, units - 1) * axisWidth });

export const unitsOf = (series: readonly Series[]): string[] => [...new Set(series.map(unitOf))];
const unitOf = ({ unit, isSwitch }: Series): string => (isSwitch ? 'switch' : unit);

export function chartOption(parts: ChartParts) {
  const { series, span, theme } = parts;
  const [muted, line] = [cssVar('--sc-muted'), cssVar('--sc-line')];
  const units = unitsOf(series);
  return {
    ...chartLook(),
    color: linePalette(theme),
    grid: { ...plotEdges(units.length), top: 30, bottom: 30 },
    tooltip: { trigger: 'axis' as const, confine: true, ...tooltipLook(), formatter: tooltipOf(parts) },
    xAxis: {
      type: 'time' as const,
      min: span.from,
      max: span.to,
      axisLine: { lineStyle: { color: line } },
      axisLabel: { color: muted, hideOverlap: true, formatter: parts.tick },
    },
    yAxis: units.map((unit, index) => ({
      type: 'value' as const,
      position: index === 0 ? ('left' as const) : ('right' as const),
      offset: Math.max(0, index - 1) * axisWidth,
      name: unit === 'switch' ? '' : unit,
      nameTextStyle: { color: muted },
      ...(unit === 'switch' ? { min: 0, max: 1, interval: 1 } : scaleOfUnit(parts, unit, index)),
      axisLabel: {
        color: muted,
        ...(unit === 'switch' ? { formatter: (v: number) => (v === 1 ? parts.yes : v === 0 ? parts.no : '') } : {}),
      },
      splitLine: { show: index === 0, lineStyle: { color: line } },
    })),
    series: series.flatMap((one, index) => linesOf(parts, one, index, units.indexOf(unitOf(one)))),
  };
}

function scaleOfUnit({ series, levels }: ChartParts, unit: string, index: number) {
  const drawn = series.filter((one) => unitOf(one) === unit);
  const values = drawn.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high]));
  // What one metric cannot be another of the same unit may: bounds are those of all or of none.
  const isOne = new Set(drawn.map(({ ref }) => ref.metric)).size === 1;
  return scaleOf([...values, ...(index === 0 ? levels : [])], isOne ? drawn[0]?.metric : undefined);
}

/** The line, and behind it the band between the least and the greatest where it stands for several readings. */
function linesOf(parts: ChartParts, one: Series, index: number, yAxisIndex: number) {
  const colour = linePalette(parts.theme)[index];
  const drawn = withGaps(one.points, one.gap);
  const line = {
    type: 'line' as const,
    id: String(index),
    name: one.name,
    yAxisIndex,
    showSymbol: one.points.length < 60,
    symbolSize: 5,
    z: 3,
    ...(one.isSwitch && one.resolution.windowMs === undefined ? { step: 'end' as const } : {}),
    itemStyle: { color: colour },
    lineStyle: { width: 1.6, color: colour, type: one.ref.daysBack > 0 ? ('dashed' as const) : ('solid' as const) },
    data: drawn.map((point) => ('hole' in point ? [point.at, null] : [point.at, point.mean])),
    ...(index === 0 && parts.lines.length > 0 ? { markLine: levelMarks(parts.lines) } : {}),
    ...(index === 0 && parts.alarms.length > 0 ? { markArea: alarmAreas(parts) } : {}),
  };
  if (one.resolution.windowMs === undefined) return [line];
  const hidden = {
    type: 'line' as const,
    yAxisIndex,
    stack: `band ${index}`,
    // Else what is below zero would stand apart from what is above.
    stackStrategy: 'all' as const,
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
    z: 1,
  };
  return [
    { ...hidden, id: `low ${index}`, data: drawn.map((p) => ('hole' in p ? [p.at, null] : [p.at, p.low])) },
    {
      ...hidden,
      id: `high ${index}`,
      areaStyle: { color: colour, opacity: 0.2 },
      data: drawn.map((p) => ('hole' in p ? [p.at, null] : [p.at, p.high - p.low])),
    },
    line,
  ];
}

/** A strip above the plot: behind the line an alarm that stands for days would colour all of it. */
const alarmStrip = { top: 22, bottom: 29 };

const alarmAreas = ({ alarms, span, now }: ChartParts) => ({
  silent: true,
  data: alarms.map((alarm) => [
    {
      xAxis: Math.max(span.from, Date.parse(alarm.raisedAt)),
      y: alarmStrip.top,
      itemStyle: { color: cssVar(`--sc-${alarm.severity}`), opacity: 1 },
    },
    {
      xAxis: Math.min(span.to, alarm.clearedAt && !alarm.conditionActive ? Date.parse(alarm.clearedAt) : now),
      y: alarmStrip.bottom,
    },
  ]),
});

/** Names come from people: as text, never as markup. */
const plain = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What the chart says of a line at the pointer. */
interface Pointed {
  seriesId?: string;
  data?: unknown;
  marker?: unknown;
}

const tooltipOf =
  ({ series, time, value }: ChartParts) =>
  (given: Pointed | Pointed[]): string => {
    const shown = (Array.isArray(given) ? given : [given]).flatMap((one) => {
      const index = Number(one.seriesId);
      const at = Array.isArray(one.data) ? Number(one.data[0]) : NaN;
      const point = series[index]?.points.find((p) => p.at === at);
      return series[index] && point ? [{ of: series[index], point, marker: String(one.marker ?? '') }] : [];
    });
    const [first] = shown;
    if (!first) return '';
    const lines = shown.map(({ of, point, marker }) => {
      const range =
        of.resolution.windowMs === undefined
          ? ''
          : ` <small>(${plain(value(point.low, of))} – ${plain(value(point.high, of))})</small>`;
      return `<div>${marker}${plain(of.name)}: <b>${plain(value(point.mean, of))}</b>${range}</div>`;
    });
    return `<div>${plain(time(first.point.at))}</div>${lines.join('')}`;
  };
