import type { Alarm, Rule } from '@sc/contracts';
import { LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../../../app/theme.js';
import { useValueText } from '../../../components/cause.js';
import { levelsOf } from '../../../components/chart-scale.js';
import { levelLines } from '../../../components/level-lines.js';
import { useChart } from '../../../components/use-chart.js';
import { useSiteTime } from '../../../lib/site-time.js';
import { useText } from '../../../lib/use-words.js';
import { chartOption, plotEdges, unitsOf } from './chart-option.js';
import type { Span } from './span.js';
import { useGestures } from './use-gestures.js';
import type { Series } from './use-series.js';

register([LineChart, GridComponent, TooltipComponent, MarkLineComponent, MarkAreaComponent, CanvasRenderer]);

const day = 86_400_000;

interface Props {
  series: Series[];
  span: Span;
  now: number;
  alarms: Alarm[];
  rules: Rule[];
  label: string;
  onSpan: (span: Span) => void;
  onReset: () => void;
}

/** The lines, and the hands on them: drag, wheel, keys. */
export function HistoryChart({ series, span, now, alarms, rules, label, onSpan, onReset }: Props) {
  const { t, i18n } = useTranslation(['desk', 'app', 'history']);
  const text = useText();
  const theme = useTheme();
  const value = useValueText();
  const { format } = useSiteTime();
  const { box, chart } = useChart();
  const hint = useId();
  const units = unitsOf(series).length;
  const { area, selection, keys } = useGestures({ span, now, edges: plotEdges(units), onSpan, onReset });

  useEffect(() => {
    const [first] = series;
    const levels = first ? levelsOf(rules, first.ref.metric) : [];
    const width = span.to - span.from;
    chart.current?.setOption(
      chartOption({
        series,
        span,
        alarms,
        levels: levels.map(({ at }) => at),
        lines: levelLines(levels, first?.unit ?? '', { t, text, language: i18n.language }),
        theme,
        now,
        time: (at) => format(at),
        tick: (at) => format(at, width > 2 * day ? 'day' : width > 10 * 60_000 ? 'minute' : 'time'),
        value: (number, of) =>
          of.isSwitch && of.resolution.windowMs === undefined
            ? t(number ? 'app:yes' : 'app:no')
            : value(Number(number.toPrecision(6)), of.metric),
        yes: t('app:yes'),
        no: t('app:no'),
      }),
      { notMerge: true },
    );
  }, [chart, series, span, alarms, rules, theme, now, format, text, value, t, i18n.language]);

  return (
    <div
      ref={area}
      className="history-chart"
      role="group"
      tabIndex={0}
      aria-label={t('history:title')}
      aria-describedby={hint}
      onKeyDown={keys}
    >
      <div ref={box} className="chart" role="img" aria-label={label} />
      {selection && <div className="history-selection" style={{ left: selection.left, width: selection.width }} />}
      <span id={hint} className="visually-hidden">
        {t('history:keys')}
      </span>
    </div>
  );
}
