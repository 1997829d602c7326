import { Alert, Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { areasQuery, mapDeviceLimit, mapDevicesQuery, openAlarmsQuery } from '../../api/queries.js';
import { Page } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { drawable } from './drawable.js';
import { Legend } from './legend.js';
import { boundsOf } from './shapes.js';

const MapCanvas = lazy(() => import('./map-canvas.js'));

export function MapPage() {
  const { t } = useTranslation('desk');
  const areas = useQuery(areasQuery);
  const devices = useQuery(mapDevicesQuery);
  const alarms = useQuery(openAlarmsQuery);
  const canDraw = drawable();
  const [fit, setFit] = useState(0);
  const noPlace = devices.data?.items.filter((d) => !d.position && d.state === 'registered').length ?? 0;
  return (
    <Page
      title={t('map.title')}
      extra={
        <>
          {noPlace > 0 && <span className="muted">{t('map.noPlace', { count: noPlace })}</span>}
          {devices.data?.truncated && <span className="muted">{t('map.truncated', { count: mapDeviceLimit })}</span>}
          {canDraw && <Button onClick={() => setFit((n) => n + 1)}>{t('map.fit')}</Button>}
        </>
      }
    >
      {!canDraw ? (
        <Alert type="warning" showIcon title={t('map.unsupported')} description={t('map.unsupportedText')} />
      ) : (
        <QueryState query={areas}>
          {(areaData) => (
            <QueryState query={devices}>
              {(deviceData) =>
                boundsOf(areaData.items, deviceData.items) ? (
                  <div className="map-wrap">
                    <Suspense fallback={null}>
                      <MapCanvas
                        areas={areaData.items}
                        devices={deviceData.items}
                        alarms={alarms.data?.items ?? []}
                        fit={fit}
                      />
                    </Suspense>
                    <Legend />
                  </div>
                ) : (
                  <Calm title={t('map.empty')} />
                )
              }
            </QueryState>
          )}
        </QueryState>
      )}
    </Page>
  );
}
