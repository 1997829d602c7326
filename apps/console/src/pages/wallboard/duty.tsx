import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { warningsQuery } from '../../api/directory.js';
import { peopleQuery } from '../../api/queries.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useOnDuty } from '../../lib/use-on-duty.js';
import { usePlace } from '../../lib/use-place.js';
import { useFitting } from './use-fitting.js';

/** Who is on duty where, until when; first where nobody is. */
export function WallDuty() {
  const { t } = useTranslation('wall');
  const place = usePlace();
  const { format } = useSiteTime();
  const onDuty = useOnDuty();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const gaps = (useQuery(warningsQuery).data?.items ?? []).filter(
    (one) => one.code === 'nobody-on-shift' && one.urgency === 'now',
  );
  const isOperator = (id: string) => people.some((one) => one.id === id && one.role === 'operator');
  const rows = [
    ...gaps.map(({ areaId }) => ({
      key: areaId,
      where: '',
      who: t('gap', { area: place(areaId) }),
      until: '',
      gap: true,
    })),
    ...(onDuty ?? [])
      .toSorted((a, b) => Number(isOperator(b.personId)) - Number(isOperator(a.personId)))
      .map(({ personId, name, areaId, until }) => ({
        key: `${personId} ${areaId}`,
        where: isOperator(personId) ? t('room') : place(areaId),
        who: name,
        until: t('until', { time: format(until, 'minute') }),
        gap: false,
      })),
  ];
  const { ref, fits } = useFitting(rows.length);
  return (
    <section className="wall-panel wall-duty">
      <h2>{t('onDuty')}</h2>
      {onDuty && rows.length === 0 && <p className="wall-gap">{t('nobody')}</p>}
      <ul ref={ref} className="wall-rows">
        {rows.map(({ key, where, who, until, gap }, index) => (
          <li key={key} className={gap ? 'wall-gap' : undefined} data-fits={index < fits}>
            <strong>{who}</strong>
            {!gap && (
              <span>
                {where} · {until}
              </span>
            )}
          </li>
        ))}
      </ul>
      {rows.length > fits && <p className="wall-more">{t('moreOrders', { count: rows.length - fits })}</p>}
    </section>
  );
}
