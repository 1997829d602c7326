import type { ResponseTimes } from '@sc/contracts';
import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../../app/theme.js';
import { chartLook, cssVar, tooltipLook, useChart } from '../../components/use-chart.js';
import { useDuration } from '../../lib/use-words.js';

register([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** Median and 90th percentile over time; the table beside it says the same in numbers. */
export function ResponseChart({ times, name }: { times: ResponseTimes; name: string }) {
  const { t } = useTranslation('reports');
  const theme = useTheme();
  const duration = useDuration();
  const { box, chart } = useChart();

  useEffect(() => {
    const [muted, line, text] = [cssVar('--sc-muted'), cssVar('--sc-line'), cssVar('--sc-text')];
    const series = (['median', 'p90'] as const).map((rank) => ({
      type: 'line',
      name: t(rank),
      symbol: rank === 'median' ? 'circle' : 'diamond',
      symbolSize: 7,
      lineStyle: { type: rank === 'median' ? 'solid' : 'dashed' },
      color: cssVar(rank === 'median' ? '--sc-accent' : '--sc-severe'),
      data: times.pieces.map((piece) => piece[rank]),
    }));
    chart.current?.setOption(
      {
        ...chartLook(),
        grid: { left: 76, right: 16, top: 34, bottom: 26 },
        legend: { top: 0, textStyle: { color: text } },
        tooltip: { trigger: 'axis', ...tooltipLook(), valueFormatter: (value: number) => duration(value * 1000) },
        xAxis: {
          type: 'category',
          data: times.pieces.map(({ day }) => day.slice(5)),
          axisLabel: { color: muted, hideOverlap: true },
          axisLine: { lineStyle: { color: line } },
        },
        yAxis: {
          type: 'value',
          axisLabel: { color: muted, hideOverlap: true, formatter: (value: number) => duration(value * 1000) },
          splitLine: { lineStyle: { color: line } },
        },
        series,
      },
      { notMerge: true },
    );
  }, [chart, times, theme, duration, t]);

  return <div ref={box} className="chart report-chart" role="img" aria-label={t('chart', { name })} />;
}
