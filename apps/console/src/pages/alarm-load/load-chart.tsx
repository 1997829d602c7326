import type { AlarmLoad } from '@sc/contracts';
import { BarChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../../app/theme.js';
import { chartLook, cssVar, tooltipLook, useChart } from '../../components/use-chart.js';
import { useSiteTime } from '../../lib/site-time.js';
import { barsOf, stepOf } from './range.js';

register([BarChart, GridComponent, TooltipComponent, MarkAreaComponent, MarkLineComponent, CanvasRenderer]);

const day = 86_400_000;

/** Alarms for each ten minutes (each hour of a long range); floods stand out, the limit is a line. */
export function LoadChart({ load }: { load: AlarmLoad }) {
  const { t } = useTranslation('load');
  const theme = useTheme();
  const { format } = useSiteTime();
  const { box, chart } = useChart();
  const step = stepOf(load.buckets.length);

  useEffect(() => {
    const [muted, line, hot] = [cssVar('--sc-muted'), cssVar('--sc-line'), cssVar('--sc-extreme')];
    const bars = barsOf(load.buckets);
    const [from, to] = [Date.parse(load.from), Date.parse(load.to)];
    const half = step === 'hour' ? 1_800_000 : 300_000;
    chart.current?.setOption(
      {
        ...chartLook(),
        grid: { left: 44, right: 16, top: 20, bottom: 30 },
        tooltip: {
          trigger: 'axis',
          ...tooltipLook(),
          axisPointer: {
            type: 'shadow',
            label: { formatter: ({ value }: { value: unknown }) => format(Number(value) - half, 'minute') },
          },
        },
        xAxis: {
          type: 'time',
          min: from,
          max: to,
          axisLine: { lineStyle: { color: line } },
          axisLabel: {
            color: muted,
            hideOverlap: true,
            formatter: (value: number) => format(value, to - from > 2 * day ? 'day' : 'minute'),
          },
        },
        yAxis: {
          type: 'value',
          minInterval: 1,
          axisLabel: { color: muted },
          splitLine: { lineStyle: { color: line } },
        },
        series: [
          {
            type: 'bar',
            name: t('alarms'),
            barMaxWidth: 24,
            data: bars.map(({ at, alarms, flood }) => ({
              value: [at + half, alarms],
              itemStyle: { color: flood ? hot : theme === 'dark' ? '#6aa8ff' : '#1d5fbf' },
            })),
            markArea: {
              silent: true,
              itemStyle: { color: hot, opacity: 0.12 },
              data: load.floods.map((flood) => [{ xAxis: Date.parse(flood.from) }, { xAxis: Date.parse(flood.to) }]),
            },
            markLine:
              step === 'ten'
                ? {
                    symbol: 'none',
                    silent: true,
                    lineStyle: { color: hot, type: 'dashed' },
                    label: { formatter: t('limit'), position: 'insideStartTop', color: cssVar('--sc-text') },
                    data: [{ yAxis: 10 }],
                  }
                : undefined,
          },
        ],
      },
      { notMerge: true },
    );
  }, [chart, load, step, theme, format, t]);

  const label = t('chartLabel', {
    step: t(step === 'ten' ? 'perTenMinutes' : 'perHour'),
    from: format(load.from),
    to: format(load.to),
  });
  return <div ref={box} className="chart load-chart" role="img" aria-label={label} />;
}
