import type { Metric, Readings, Rule } from '@sc/contracts';
import { LineChart } from 'echarts/charts';
import {
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../app/theme.js';
import { useSiteTime } from '../lib/site-time.js';
import { useText } from '../lib/use-words.js';
import { levelsOf, scaleOf } from './chart-scale.js';
import { levelLines, levelMarks } from './level-lines.js';
import { chartLook, cssVar, linePalette, tooltipLook, useChart } from './use-chart.js';

register([
  LineChart,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  DataZoomComponent,
  MarkLineComponent,
  CanvasRenderer,
]);

interface Props {
  readings: Readings['items'];
  nameOf: (deviceId: string) => string;
  metric: string;
  unit: string;
  /** What the metric can be at all; the axis does not go beyond. */
  bounds?: Pick<Metric, 'min' | 'max'>;
  rules: Rule[];
  /** Bounds of the time axis, epoch ms. */
  from: number;
  to: number;
  label: string;
  boolean?: boolean;
}

const day = 86_400_000;
const numeric = (value: unknown): number | null =>
  typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null;

/** Readings over time, with the levels of the rules as lines; zoom by wheel, pinch or the slider. */
export function ReadingsChart({
  readings,
  nameOf,
  metric,
  unit,
  bounds,
  rules,
  from,
  to,
  label,
  boolean = false,
}: Props) {
  const { t, i18n } = useTranslation(['desk', 'app']);
  const text = useText();
  const theme = useTheme();
  const { format } = useSiteTime();
  const { box, chart } = useChart();

  useEffect(() => {
    const muted = cssVar('--sc-muted');
    const line = cssVar('--sc-line');
    const levels = levelsOf(rules, metric);
    const lines = levelLines(levels, unit, { t, text, language: i18n.language });
    const deviceIds = [...new Set(readings.map((r) => r.deviceId))];
    const palette = linePalette(theme);
    const values = readings.map((r) => numeric(r.value)).filter((v) => v !== null);
    const scale = boolean
      ? { min: 0, max: 1, interval: 1 }
      : scaleOf([...values, ...levels.map((level) => level.at)], bounds);
    chart.current?.setOption(
      {
        ...chartLook(),
        color: palette,
        grid: { left: 56, right: 20, top: deviceIds.length > 1 ? 40 : 28, bottom: 62 },
        legend: { show: deviceIds.length > 1, type: 'scroll', top: 0, textStyle: { color: muted } },
        tooltip: {
          trigger: 'axis',
          ...tooltipLook(),
          valueFormatter: (value: unknown) =>
            boolean ? t(value ? 'app:yes' : 'app:no') : `${value as number} ${unit}`,
          axisPointer: { label: { formatter: (p: { value: unknown }) => format(Number(p.value)) } },
        },
        xAxis: {
          type: 'time',
          min: from,
          max: to,
          axisLine: { lineStyle: { color: line } },
          axisLabel: {
            color: muted,
            hideOverlap: true,
            formatter: (value: number) => (to - from > 2 * day ? format(value, 'day') : format(value, 'minute')),
          },
        },
        yAxis: {
          type: 'value',
          name: unit,
          nameTextStyle: { color: muted },
          ...scale,
          axisLabel: {
            color: muted,
            formatter: boolean ? (v: number) => (v === 1 ? t('app:yes') : v === 0 ? t('app:no') : '') : undefined,
          },
          splitLine: { lineStyle: { color: line } },
        },
        dataZoom: [
          { type: 'inside', filterMode: 'none' },
          {
            type: 'slider',
            height: 22,
            bottom: 8,
            filterMode: 'none',
            labelFormatter: (v: number) => format(v, 'minute'),
            textStyle: { color: muted },
            borderColor: line,
          },
        ],
        series: deviceIds.map((id, index) => ({
          type: 'line',
          name: nameOf(id),
          showSymbol: readings.length < 60,
          symbolSize: 5,
          step: boolean ? 'end' : undefined,
          lineStyle: { width: 1.6 },
          data: readings.filter((r) => r.deviceId === id).map((r) => [Date.parse(r.ts), numeric(r.value)]),
          markLine: index === 0 && lines.length > 0 ? levelMarks(lines) : undefined,
        })),
      },
      { notMerge: true, replaceMerge: [] },
    );
  }, [chart, readings, nameOf, metric, unit, bounds, rules, from, to, theme, format, text, t, i18n.language, boolean]);

  return <div ref={box} className="chart" role="img" aria-label={label} />;
}
