import type { Area, Device, IncidentDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { keys } from '../../api/keys.js';
import { openAlarmsQuery, useAreas } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { CameraPictures } from '../../components/camera-pictures.js';
import { Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { ConnectionMark } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useOnDuty } from '../../lib/use-on-duty.js';
import { usePlace } from '../../lib/use-place.js';
import { drawable } from '../map/drawable.js';

const AroundMap = lazy(() => import('./around-map.js'));
/** A building has fewer; the page stays short. */
const mostDevices = 100;
const mostCameras = 2;

/** Around the incident now: who is on shift there, what else hangs in the building and how it is, what its cameras saw last. */
export function Surroundings({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation('control');
  const areas = useAreas();
  const around = aroundOf(areas, incident.areaId);
  const areaId = around?.id ?? incident.areaId;
  const query = { areaId, limit: mostDevices };
  const devices = useQuery({ queryKey: keys.devices(query), queryFn: (c) => api.devices(query, c) });
  const alarms = useQuery(openAlarmsQuery).data?.items ?? [];
  const known = devices.data?.items.filter(({ state }) => state === 'registered') ?? [];
  const cameras = known.filter(({ domain }) => domain === 'camera').slice(0, mostCameras);
  const shaped = around?.path.map((id) => areas.find((one) => one.id === id)).findLast((one) => one?.shape);
  return (
    <>
      <Panel title={t('incident.onShift')}>
        <OnShift areas={areas} areaId={incident.areaId} />
      </Panel>
      {cameras.map((camera) => (
        <Panel key={camera.id} title={t('incident.camera', { name: camera.name })}>
          <CameraPictures of="device" id={camera.id} sayNone />
        </Panel>
      ))}
      <Panel title={t('incident.neighbours')}>
        <QueryState query={devices}>
          {() => (
            <div className="stack">
              {shaped && drawable() && (
                <div className="map-wrap incident-map">
                  <Suspense fallback={null}>
                    <AroundMap area={shaped} devices={known} alarms={alarms} />
                  </Suspense>
                </div>
              )}
              <Neighbours devices={known} own={new Set(incident.alarms.map(({ deviceId }) => deviceId))} />
            </div>
          )}
        </QueryState>
      </Panel>
    </>
  );
}

/** The building that holds the place; without one the place itself. */
function aroundOf(areas: readonly Area[], areaId: string): Area | undefined {
  const own = areas.find(({ id }) => id === areaId);
  const path = own?.path ?? [];
  return areas.find(({ id, kind }) => kind === 'building' && path.includes(id)) ?? own;
}

function OnShift({ areas, areaId }: { areas: readonly Area[]; areaId: string }) {
  const { t } = useTranslation('control');
  const { format } = useSiteTime();
  const place = usePlace();
  const path = areas.find(({ id }) => id === areaId)?.path ?? [];
  const onDuty = useOnDuty();
  if (!onDuty) return null;
  const here = onDuty.filter((one) => path.includes(one.areaId));
  if (here.length === 0) return <strong className="counts-hot">{t('incident.nobodyOnShift')}</strong>;
  return (
    <ul className="mini-list">
      {here.map(({ personId, name, areaId: of, until }) => (
        <li key={`${personId} ${of}`}>
          <strong className="grow">{name}</strong>
          <span className="muted">
            {place(of)} · {t('incident.until', { time: format(until, 'minute') })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What is in alarm first, then what is silent: both say something of the place. */
function Neighbours({ devices, own }: { devices: readonly Device[]; own: ReadonlySet<string> }) {
  const { t } = useTranslation('control');
  const rank = (device: Device) => (device.activeAlarms > 0 ? 0 : device.connection === 'online' ? 2 : 1);
  const others = devices
    .filter(({ id }) => !own.has(id))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  if (others.length === 0) return <span className="muted">{t('incident.noNeighbours')}</span>;
  return (
    <ul className="mini-list">
      {others.slice(0, 12).map((device) => (
        <li key={device.id}>
          <span className="grow">
            <Link to={`/devices/${device.id}`}>{device.name}</Link>
            {device.placement && <span className="muted"> · {device.placement}</span>}
          </span>
          {device.activeAlarms > 0 && (
            <strong className="counts-hot">{t('incident.inAlarm', { count: device.activeAlarms })}</strong>
          )}
          <ConnectionMark device={device} />
        </li>
      ))}
      {others.length > 12 && <li className="muted">{t('incident.moreNeighbours', { count: others.length - 12 })}</li>}
    </ul>
  );
}
