import type { HourCount } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { gridOf, shadeOf } from './hour-grid.js';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** A week of hours: the darker, the more. Every cell says its number, so that no colour has to be read. */
export function HourMap({ counts, name }: { counts: readonly HourCount[]; name: string }) {
  const { t, i18n } = useTranslation('reports');
  const grid = gridOf(counts);
  const most = Math.max(0, ...grid.flat());
  const locale = i18n.language === 'en' ? 'en-GB' : i18n.language;
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  if (most === 0) return <p className="muted">{t('none')}</p>;
  return (
    <div className="hour-map-scroll" role="region" aria-label={name} tabIndex={0}>
      <table className="hour-map">
        <caption className="visually-hidden">{name}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('weekday')}</span>
            </th>
            {hours.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
            <th scope="col">{t('sum')}</th>
          </tr>
        </thead>
        <tbody>
          {grid.map((row, index) => (
            <tr key={index}>
              {/* 2024 began on a Monday. */}
              <th scope="row">{weekday.format(Date.UTC(2024, 0, 1 + index))}</th>
              {row.map((count, hour) => (
                <td key={hour} className={`hour-shade-${shadeOf(count, most)}`}>
                  {count || <span className="visually-hidden">0</span>}
                </td>
              ))}
              <td className="hour-sum">{row.reduce((sum, count) => sum + count, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
