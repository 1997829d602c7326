import type { BackTest, BackTestResult } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { dayOf, plusDays } from '../../../lib/site-day.js';
import { useSiteTime } from '../../../lib/site-time.js';

const height = 100;

/** Two bars for each day of the range: what would have been raised, and what was. */
export function DayBars({ run, result }: { run: BackTest; result: BackTestResult }) {
  const { t } = useTranslation('back-test');
  const { timeZone } = useSiteTime();
  const days = daysOf(run, timeZone);
  const told = new Map(result.days.map((day) => [day.day, day]));
  const most = Math.max(1, ...result.days.flatMap(({ would, was }) => [would, was]));
  const bar = (count: number) => ({ y: height - (count / most) * height, height: (count / most) * height });
  return (
    <div className="back-test-days">
      <ul className="back-test-legend">
        <li className="back-test-would">{t('would')}</li>
        <li className="back-test-was">{t('was')}</li>
      </ul>
      <div className="back-test-axis">{most}</div>
      <svg
        className="back-test-chart"
        viewBox={`0 0 ${days.length * 10} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('perDay')}
      >
        <line x1={0} x2={days.length * 10} y1={height} y2={height} vectorEffect="non-scaling-stroke" />
        {days.map((day, index) => {
          const one = told.get(day);
          if (!one) return null;
          const { would, was, wouldIn10Minutes: busiest } = one;
          return (
            <g key={day}>
              <title>{t('perDayOf', { day, would, was, busiest })}</title>
              <rect className="back-test-would" x={index * 10 + 1} width={4} {...bar(would)} />
              <rect className="back-test-was" x={index * 10 + 5} width={4} {...bar(was)} />
            </g>
          );
        })}
      </svg>
      <div className="back-test-axis">
        <span>{days[0]}</span>
        <span>{days.at(-1)}</span>
      </div>
    </div>
  );
}

function daysOf({ from, to }: BackTest, timeZone: string): string[] {
  const last = dayOf(Date.parse(to) - 1, timeZone);
  const days: string[] = [];
  for (let day = dayOf(Date.parse(from), timeZone); day <= last; day = plusDays(day, 1)) days.push(day);
  return days;
}
