import type { BackTest, BackTestAlarm, BackTestResult } from '@sc/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSiteTime } from '../../../lib/site-time.js';

/** So many devices can be read one below the other; those with most alarms. */
const mostLanes = 12;
const width = 1000;
/** Of an alarm of a second in a month something must be seen. */
const least = 3;

/** For each device two lanes of time: above what would have stood, below what stood. */
export function Lanes({ run, result }: { run: BackTest; result: BackTestResult }) {
  const { t } = useTranslation('back-test');
  const { format } = useSiteTime();
  const [from, to] = [Date.parse(run.from), Date.parse(run.to)];
  const place = ({ begin, end }: { begin: string; end: string | null }) => {
    const x = Math.max(0, ((Date.parse(begin) - from) / (to - from)) * width);
    const until = end === null ? width : Math.min(width, ((Date.parse(end) - from) / (to - from)) * width);
    return { x, width: Math.max(least, until - x) };
  };
  const lane = (alarm: BackTestAlarm, of: 'would' | 'was', index: number) => {
    const span = alarm[of];
    if (!span) return null;
    const words = { what: t(of), begin: format(span.begin), end: span.end ? format(span.end) : t('holds') };
    return (
      <rect
        key={`${of}${index}`}
        className={`back-test-${alarm.found}`}
        y={of === 'would' ? 1 : 14}
        height={11}
        {...place(span)}
      >
        <title>{t('spanOf', words)}</title>
      </rect>
    );
  };
  const shown = result.byDevice.slice(0, mostLanes);
  const more = result.byDevice.length + result.moreDevices - shown.length;
  return (
    <>
      <ul className="back-test-legend">
        <li className="back-test-both">{t('both')}</li>
        <li className="back-test-only-new">{t('onlyNew')}</li>
        <li className="back-test-only-old">{t('onlyOld')}</li>
      </ul>
      <dl className="back-test-lanes">
        {shown.map(({ deviceId }) => (
          <Lane key={deviceId} name={deviceId}>
            {result.alarms
              .filter((alarm) => alarm.deviceId === deviceId)
              .flatMap((alarm, index) => [lane(alarm, 'would', index), lane(alarm, 'was', index)])}
          </Lane>
        ))}
        <dt />
        <dd className="back-test-axis">
          <span>{format(run.from)}</span>
          <span>{format(run.to)}</span>
        </dd>
      </dl>
      {more > 0 && <p className="muted">{t('moreDevices', { n: more })}</p>}
    </>
  );
}

function Lane({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt title={name}>{name}</dt>
      <dd>
        <svg
          className="back-test-chart"
          viewBox={`0 0 ${width} 26`}
          preserveAspectRatio="none"
          role="img"
          aria-label={name}
        >
          <line x1={0} x2={width} y1={13} y2={13} vectorEffect="non-scaling-stroke" />
          {children}
        </svg>
      </dd>
    </>
  );
}
