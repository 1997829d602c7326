import type { Device } from '@sc/contracts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { areasQuery, deviceQuery, siteQuery } from '../../api/queries.js';
import { PlainMessage } from '../../app/plain-message.js';
import { QrCode } from '../../components/qr-code.js';
import { usePlace } from '../../lib/use-place.js';
import '../../styles/labels.css';
import { mostLabels } from './labels-path.js';

const localHost = /^(localhost|127\.|\[::1\])/;

/** Labels to stick on devices, as sheets of A4; outside of the desk's frame, so that only they are printed. */
export function LabelsPage() {
  const { t } = useTranslation(['site', 'app']);
  const [params] = useSearchParams();
  const ids = [...new Set(params.getAll('device'))].slice(0, mostLabels);
  const site = useQuery(siteQuery);
  const areas = useQuery(areasQuery);
  const devices = useQueries({ queries: ids.map((id) => deviceQuery(id)) });
  const failed = [site, areas, ...devices].find((query) => query.error && !query.data);
  if (failed) return <PlainMessage kind="problem" error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!site.data || !areas.data || devices.some((query) => !query.data)) return <PlainMessage kind="loading" />;
  const base = site.data.publicUrl ?? window.location.origin;
  return (
    <main className="labels">
      <header className="labels-head">
        <Link to="/devices">{t('labels.back')}</Link>
        <h1>{t('labels.title')}</h1>
        <p className="muted">{ids.length > 0 ? t('labels.about') : t('labels.none')}</p>
        {localHost.test(new URL(base).host) && (
          <p className="labels-warning" role="alert">
            {t('labels.local', { address: base })}
          </p>
        )}
        <button type="button" className="plain-button" disabled={ids.length === 0} onClick={() => window.print()}>
          {t('labels.go')}
        </button>
      </header>
      <ul className="labels-sheet">
        {devices.map(({ data }) => data && <Label key={data.id} device={data} base={base} />)}
      </ul>
    </main>
  );
}

function Label({ device, base }: { device: Device; base: string }) {
  const { t } = useTranslation('site');
  const place = usePlace();
  return (
    <li className="label">
      <QrCode text={`${base}/d/${device.id}`} label={t('labels.qr', { id: device.id })} />
      <div className="label-text">
        <strong>{device.name}</strong>
        <span>{place(device.areaId)}</span>
        {device.placement && <span>{device.placement}</span>}
        <code>{device.id}</code>
      </div>
    </li>
  );
}
