import type { WorkOrderDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../app/session.js';
import { useText } from '../lib/use-words.js';
import { fieldAreasQuery } from './cached.js';
import { LoadsOrSays } from './loads-or-says.js';
import { targetOf, wayTo } from './place-of.js';

const OrderMap = lazy(() => import('./order-map.js'));

/** How to get there: from the community to the door and the device, and a map for whoever does not know the place. */
export function OrderPlace({ order }: { order: WorkOrderDetail }) {
  const { t } = useTranslation('field');
  const text = useText();
  const areas = useQuery(fieldAreasQuery(usePerson().id)).data?.value ?? [];
  const [isShown, setShown] = useState(false);
  const steps = wayTo(areas, order);
  const target = targetOf(areas, order);
  const devices = [...new Set(order.alarms.map(({ deviceName }) => deviceName))];
  return (
    <>
      <ol className="field-way" aria-label={t('place')}>
        {steps.map(({ id, name }) => (
          <li key={id}>{text(name)}</li>
        ))}
        {order.placement && <li>{order.placement}</li>}
      </ol>
      {devices.length > 0 && <p className="muted">{devices.slice(0, 3).join(' · ')}</p>}
      {target && (
        <Button block className="field-map-button" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? t('mapHide') : t('mapShow')}
        </Button>
      )}
      {target && isShown && (
        <LoadsOrSays text={t('mapAbsent')}>
          <Suspense fallback={<div className="field-map" role="status" aria-label={t('mapShow')} />}>
            <OrderMap areas={areas} target={target} isExact={order.position !== null} severity={order.severity} />
          </Suspense>
        </LoadsOrSays>
      )}
    </>
  );
}
