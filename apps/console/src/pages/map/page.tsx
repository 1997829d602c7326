import { mostMapDevices } from '@sc/contracts';
import { Alert, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { mostMapOrders } from '../../api/map.js';
import { Page } from '../../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../../components/query-state.js';
import '../../styles/map.css';
import { BlindSpotList } from './blind-spot-list.js';
import type { Pick } from './choice.js';
import { drawable } from './drawable.js';
import { LayerPanel } from './layer-panel.js';
import { MapList } from './map-list.js';
import { dangerOf } from './marks.js';
import { placeOfPick } from './popups.js';
import { MapSearch } from './search.js';
import { boundsOf } from './shapes.js';
import { useMapChoice, type ChoiceChange } from './use-choice.js';
import { useMapData } from './use-data.js';
import { useMapLive } from './use-live.js';

const MapCanvas = lazy(() => import('./map-canvas.js'));

export function MapPage() {
  const { t } = useTranslation(['map', 'desk']);
  const { choice, filter, change } = useMapChoice();
  const { data, areas, devices, orders, spots } = useMapData(filter);
  useMapLive();
  const canDraw = drawable();
  const [asList, setAsList] = useState(!canDraw);
  const [fit, setFit] = useState(0);
  const [flight, setFlight] = useState(0);
  const [placeless, setPlaceless] = useState<Pick>();
  const onFilter = (part: ChoiceChange) => {
    change(part);
    if ('areaId' in part) setFit((n) => n + 1);
  };
  const onPick = (pick: Pick | undefined) => {
    setPlaceless(pick && !placeOfPick(pick, data) ? pick : undefined);
    change({ pick });
  };
  /** From outside the map: it goes there. */
  const goTo = (pick: Pick) => {
    onPick(pick);
    setFlight((n) => n + 1);
  };
  const dangers = data.allDevices.filter((device) => dangerOf(device));
  const undrawn = dangers.filter((device) => !data.urgent.some((mark) => mark.device === device));
  const noPosition = data.allDevices.filter(({ position }) => !position).length;
  const withSpots = filter.layers.has('blind-spots');
  const notes = [
    noPosition > 0 && t('desk:map.noPlace', { count: noPosition }),
    devices.data?.truncated && t('desk:map.truncated', { count: mostMapDevices }),
    orders.data?.truncated && t('ordersCut', { count: mostMapOrders }),
  ].filter(Boolean);
  return (
    <Page
      title={t('desk:map.title')}
      extra={
        <>
          <MapSearch data={data} onPick={goTo} />
          <LayerPanel filter={filter} onChange={onFilter} />
          {!asList && <Button onClick={() => setFit((n) => n + 1)}>{t('desk:map.fit')}</Button>}
          {canDraw && <Button onClick={() => setAsList(!asList)}>{t(asList ? 'showMap' : 'showList')}</Button>}
        </>
      }
    >
      {!canDraw && (
        <Alert type="warning" showIcon title={t('desk:map.unsupported')} description={t('unsupportedText')} />
      )}
      {undrawn.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('undrawn', { count: undrawn.length })}
          description={undrawn.slice(0, 10).map(({ id, name }) => (
            <div key={id}>
              <Link to={`/devices/${id}`}>{name}</Link>
            </div>
          ))}
        />
      )}
      {placeless && (
        <Alert
          type="info"
          showIcon
          title={t('placeless')}
          description={<Link to={pathOf(placeless)}>{t('openIt')}</Link>}
          closable={{ onClose: () => setPlaceless(undefined) }}
        />
      )}
      {orders.error && <ProblemAlert error={orders.error} onRetry={() => void orders.refetch()} />}
      {spots.error && withSpots && <ProblemAlert error={spots.error} onRetry={() => void spots.refetch()} />}
      {notes.length > 0 && <p className="muted map-notes">{notes.join(' · ')}</p>}
      <QueryState query={areas}>
        {() => (
          <QueryState query={devices}>
            {() =>
              !asList && !boundsOf(data.areas, data.allDevices) ? (
                <Calm title={t('desk:map.empty')} />
              ) : (
                <div className={withSpots ? 'map-and-list' : undefined}>
                  {asList ? (
                    <MapList data={data} />
                  ) : (
                    <div className="map-wrap">
                      <Suspense fallback={null}>
                        <MapCanvas
                          data={data}
                          choice={choice}
                          fit={fit}
                          flight={flight}
                          onView={(view) => change({ view })}
                          onPick={onPick}
                        />
                      </Suspense>
                    </div>
                  )}
                  {withSpots && (
                    <BlindSpotList
                      spots={data.spots}
                      truncated={spots.data?.truncated ?? false}
                      onPick={(id) => goTo({ kind: 'area', id })}
                    />
                  )}
                </div>
              )
            }
          </QueryState>
        )}
      </QueryState>
    </Page>
  );
}

const pathOf = ({ kind, id }: Pick): string =>
  kind === 'device' ? `/devices/${id}` : kind === 'case' ? `/work-orders/${id}` : `/areas/${id}`;
