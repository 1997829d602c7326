import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePerson } from '../app/session.js';
import { myOrdersQuery } from './cached.js';
import { CaseCard, OrderCard } from './order-card.js';
import { byUrgency } from './order-rank.js';
import { isCase } from './outbox-items.js';
import { useOutbox } from './outbox.js';
import { CopyNote, FieldCalm, FieldState } from './parts.js';
import { isFirstPaint } from './first-paint/end.js';
import { metresBetween, type Here } from './metres.js';
import { hereNow } from './position.js';

export function FieldOrdersPage() {
  const { t } = useTranslation('field');
  const query = useQuery(myOrdersQuery(usePerson().id));
  const found = useOutbox().items.filter(isCase);
  const here = useHere((query.data?.value.length ?? 0) > 1);
  // The list is read already, drawn by the first paint: it goes when this one stands.
  if (!query.data && !query.error && isFirstPaint()) return null;
  return (
    <>
      <h1 className="field-title">{t('orders')}</h1>
      <FieldState query={query}>
        {({ value, copyFrom }) => (
          <>
            <CopyNote from={copyFrom} />
            {value.length + found.length === 0 ? (
              <FieldCalm title={t('calm')} text={t('calmText')} />
            ) : (
              <ul className="field-cards">
                {[...value].sort(byUrgency(here)).map((order) => (
                  <OrderCard
                    key={order.id}
                    order={order}
                    metres={here && order.position ? nearly(metresBetween(here, order.position)) : undefined}
                  />
                ))}
                {found.map((one) => (
                  <CaseCard key={one.requestId} found={one} />
                ))}
              </ul>
            )}
          </>
        )}
      </FieldState>
      <nav className="field-reach" aria-label={t('shortcuts')}>
        <Link to="/field/scan" className="field-button">
          {t('scan')}
        </Link>
        <Link to="/field/report" className="field-button">
          + {t('reportCase')}
        </Link>
      </nav>
    </>
  );
}

/** More would pretend to be exact. */
const nearly = (metres: number): number => Math.round(metres / 10) * 10;

/** Asked once when the list is opened with something to compare, and only where it was allowed: satellites cost battery. */
function useHere(isNeeded: boolean): Here | undefined {
  const { id } = usePerson();
  const [here, setHere] = useState<Here>();
  useEffect(() => {
    let isAsked = true;
    if (isNeeded) void hereNow(id).then((found) => isAsked && setHere(found));
    return () => {
      isAsked = false;
    };
  }, [id, isNeeded]);
  return here;
}
