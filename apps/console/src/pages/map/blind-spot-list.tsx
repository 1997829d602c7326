import type { BlindSpot } from '@sc/contracts';
import { EyeInvisibleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDomains } from '../../api/queries.js';
import { Age } from '../../components/age.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';

interface Props {
  spots: readonly BlindSpot[];
  /** More than are told. */
  truncated: boolean;
  onPick: (areaId: string) => void;
}

/** Places that nothing protects, danger to life first; each leads to its place on the map and to the devices that are deaf. */
export function BlindSpotList({ spots, truncated, onPick }: Props) {
  const { t } = useTranslation('map');
  const place = usePlace();
  return (
    <section className="map-spots" aria-label={t('layer.blind-spots')}>
      <h2>
        {t('layer.blind-spots')} <span className="muted">{spots.length}</span>
      </h2>
      <p className="muted">{t('blind.rule')}</p>
      {spots.length === 0 && <p role="status">{t('blind.none')}</p>}
      <ul className="mini-list">
        {spots.map((spot) => (
          <li key={`${spot.areaId} ${spot.domain}`}>
            <div className="grow">
              {spot.shownOn ? (
                <button type="button" className="link-button" onClick={() => onPick(spot.shownOn ?? spot.areaId)}>
                  {place(spot.areaId)}
                </button>
              ) : (
                <Link to={`/areas/${spot.areaId}`}>{place(spot.areaId)}</Link>
              )}
              <BlindSpotLine spot={spot} />
            </div>
          </li>
        ))}
      </ul>
      {truncated && <p className="muted">{t('blind.truncated')}</p>}
    </section>
  );
}

/** Which kind is missing, and why. */
export function BlindSpotLine({ spot }: { spot: BlindSpot }) {
  const { t } = useTranslation('map');
  const text = useText();
  const domain = useDomains().find(({ name }) => name === spot.domain);
  const kind = domain ? text(domain.title) : spot.domain;
  return (
    <div className="map-spot">
      <span>
        <EyeInvisibleOutlined aria-hidden /> <strong>{kind}</strong>{' '}
        {spot.reason === 'no-device' ? t('blind.no-device') : t('blind.not-working', { count: spot.count })}
      </span>
      {spot.devices.map(({ id, name, why, lastSeenAt }) => (
        <div key={id} className="muted">
          <Link to={`/devices/${id}`}>{name}</Link> {t(`blind.why.${why}`)} {lastSeenAt && <Age since={lastSeenAt} />}
        </div>
      ))}
    </div>
  );
}
