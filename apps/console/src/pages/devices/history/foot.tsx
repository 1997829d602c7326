import { useTranslation } from 'react-i18next';
import { useSiteTime } from '../../../lib/site-time.js';
import { useDuration } from '../../../lib/use-words.js';
import { missing } from './points.js';
import type { Span } from './span.js';
import type { Series } from './use-series.js';

/** What the points are made of, what is missing, and by which clock. */
export function Foot({ series, span }: { series: Series[]; span: Span }) {
  const { t } = useTranslation('history');
  const duration = useDuration();
  const { format, timeZone } = useSiteTime();
  const [first] = series;
  if (!first) return null;
  const { windowMs, from } = first.resolution;
  const gaps = first.points.length > 0 ? missing(first.points, first.gap, span) : { count: 0, ms: 0 };
  return (
    <div className="muted chart-foot">
      <span>
        {format(span.from)} – {format(span.to)} ({timeZone})
      </span>
      <span>
        {windowMs === undefined
          ? t('made.raw', { count: first.points.length + first.words.length })
          : t(`made.${from === 'raw' ? 'minute' : from}`, { width: duration(windowMs) })}
      </span>
      {gaps.count > 0 && <span>{t('gaps', { count: gaps.count, time: duration(gaps.ms) })}</span>}
    </div>
  );
}
