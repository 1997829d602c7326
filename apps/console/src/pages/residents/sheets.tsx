import type { ResidentPlaceCode } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import en from '../../locales/en/residents.js';
import zh from '../../locales/zh-CN/residents.js';
import { residentPlacesQuery } from '../../api/residents.js';
import { siteQuery } from '../../api/queries.js';
import { PlainMessage } from '../../app/plain-message.js';
import { QrCode } from '../../components/qr-code.js';
import { usePlace } from '../../lib/use-place.js';
import '../../styles/labels.css';
import '../../styles/resident-sheets.css';

const localHost = /^(localhost|127\.|\[::1\])/;

/** One sheet of A4 for each code, to hang up; in both languages, whatever the console speaks. */
export function ResidentSheetsPage() {
  const { t } = useTranslation(['residents', 'site']);
  const places = useQuery(residentPlacesQuery);
  const site = useQuery(siteQuery);
  if (places.error && !places.data)
    return <PlainMessage kind="problem" error={places.error} onRetry={() => void places.refetch()} />;
  if (!places.data || !site.data) return <PlainMessage kind="loading" />;
  const items = places.data.items.filter(({ reportsOpen }) => reportsOpen);
  const base = site.data.publicUrl ?? window.location.origin;
  return (
    <main className="labels">
      <header className="labels-head">
        <Link to="/residents">{t('sheets.back')}</Link>
        <h1>{t('sheets.title')}</h1>
        <p className="muted">{items.length > 0 ? t('sheets.about') : t('sheets.none')}</p>
        {localHost.test(new URL(base).host) && (
          <p className="labels-warning" role="alert">
            {t('site:labels.local', { address: base })}
          </p>
        )}
        <button type="button" className="plain-button" disabled={items.length === 0} onClick={() => window.print()}>
          {t('site:labels.go')}
        </button>
      </header>
      {items.map((place) => (
        <Sheet key={place.areaId} place={place} base={base} />
      ))}
    </main>
  );
}

function Sheet({ place, base }: { place: ResidentPlaceCode; base: string }) {
  const { t } = useTranslation('residents');
  const nameOf = usePlace();
  const name = nameOf(place.areaId, place.areaName);
  const address = `${base}/r/${place.code}`;
  return (
    <article className="resident-sheet">
      <h2>{name}</h2>
      <p className="resident-sheet-big" lang="zh-CN">
        {zh.sheets.heading}
      </p>
      <p lang="en">{en.sheets.heading}</p>
      <QrCode text={address} label={t('sheets.qr', { name })} />
      <p lang="zh-CN">{zh.sheets.how}</p>
      <p lang="en">{en.sheets.how}</p>
      <code>{address}</code>
      <p className="resident-sheet-danger">
        {zh.sheets.danger} {en.sheets.danger}
      </p>
    </article>
  );
}
