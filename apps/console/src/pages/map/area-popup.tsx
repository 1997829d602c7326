import type { Area } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOnDuty } from '../../lib/use-on-duty.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useText } from '../../lib/use-words.js';
import { BlindSpotLine } from './blind-spot-list.js';
import { isIn } from './marks.js';
import type { MapData } from './use-data.js';

/** A place: what hangs there, who is on shift for it, what is looked after, and what it has no eyes for. */
export function AreaPopup({ area, data }: { area: Area; data: MapData }) {
  const { t } = useTranslation(['map', 'words']);
  const text = useText();
  const { format } = useSiteTime();
  const onDuty = useOnDuty();
  const { areasById, allDevices, rounds } = data;
  const devices = allDevices.filter(({ areaId }) => isIn(areasById, areaId, area.id));
  const offline = devices.filter(({ connection }) => connection === 'offline').length;
  const officers = onDuty?.filter(({ areaId }) => areaId === area.id) ?? [];
  return (
    <div className="map-popup">
      <strong>{text(area.name)}</strong>
      <span className="muted">{t(`words:areaKind.${area.kind}`)}</span>
      <span>
        {t('devicesHere', { count: devices.length })}
        {offline > 0 && ` · ${t('offlineHere', { count: offline })}`}
      </span>
      {data.spots
        .filter(({ areaId, shownOn }) => areaId === area.id || shownOn === area.id)
        .map((spot) => (
          <BlindSpotLine key={`${spot.areaId} ${spot.domain}`} spot={spot} />
        ))}
      {officers.map(({ personId, name, until }) => (
        <span key={personId}>{t('onDutyUntil', { name, time: format(until, 'minute') })}</span>
      ))}
      {rounds
        .filter(({ areaId }) => areaId === area.id)
        .map((round) => (
          <Link key={round.id} to={`/rounds/${round.id}`}>
            {text(round.title)}
          </Link>
        ))}
      <span className="row-wrap">
        <Link to={`/areas/${area.id}`}>{t('openArea')}</Link>
        <Link to={`/devices?area=${area.id}`}>{t('openDevices')}</Link>
      </span>
    </div>
  );
}
