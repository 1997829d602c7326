import type { StaffingVariantResult } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useSpread } from './use-spread.js';

const height = 100;
const width = 10;

/** Officers on shift and busy for each hour of the day; the same scale for all ways. */
export function HourChart({ variant, most }: { variant: StaffingVariantResult; most: number }) {
  const { t } = useTranslation('staffing');
  const { number } = useSpread();
  const bar = (value: number) => ({ y: height - (value / most) * height, height: (value / most) * height });
  return (
    <figure className="staffing-hours">
      <figcaption>{variant.name}</figcaption>
      <svg
        viewBox={`0 0 ${24 * width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${t('byHour')}: ${variant.name}`}
      >
        {variant.hours.map(({ cases, onShift, busy }, hour) => (
          <g key={hour}>
            <title>
              {t('hourOf', { hour, cases: number(cases), onShift: number(onShift, 2), busy: number(busy, 2) })}
            </title>
            <rect className="staffing-hit" x={hour * width} y={0} width={width} height={height} />
            <rect className="staffing-on-shift" x={hour * width + 1} width={width - 2} {...bar(onShift)} />
            <rect className="staffing-busy" x={hour * width + 3} width={width - 6} {...bar(busy)} />
          </g>
        ))}
        <line x1={0} x2={24 * width} y1={height} y2={height} vectorEffect="non-scaling-stroke" />
      </svg>
      <div className="staffing-axis">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
    </figure>
  );
}

export const mostOf = (variants: readonly StaffingVariantResult[]): number =>
  Math.max(0.1, ...variants.flatMap(({ hours }) => hours.flatMap(({ onShift, busy }) => [onShift, busy])));
