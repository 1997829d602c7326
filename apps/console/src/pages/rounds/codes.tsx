import { checkPointCodesSchema } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { siteQuery } from '../../api/queries.js';
import { QrCode } from '../../components/qr-code.js';
import { useText } from '../../lib/use-words.js';
import '../../styles/labels.css';

const localHost = /^(localhost|127\.|\[::1\])/;

/** Codes to hang up at check points, as sheets of A4. They come from the page before and are nowhere else. */
export function CodesPage() {
  const { t } = useTranslation(['rounds', 'site']);
  const text = useText();
  const made = checkPointCodesSchema.safeParse(useLocation().state);
  const items = made.success ? made.data.items : [];
  const base = useQuery(siteQuery).data?.publicUrl ?? window.location.origin;
  return (
    <main className="labels">
      <header className="labels-head">
        <Link to="/rounds?tab=plans">{t('codes.back')}</Link>
        <h1>{t('codes.title')}</h1>
        <p className="muted">{items.length > 0 ? t('codes.about') : t('codes.none')}</p>
        {items.length > 0 && localHost.test(new URL(base).host) && (
          <p className="labels-warning" role="alert">
            {t('site:labels.local', { address: base })}
          </p>
        )}
        <button type="button" className="plain-button" disabled={items.length === 0} onClick={() => window.print()}>
          {t('site:labels.go')}
        </button>
      </header>
      <ul className="labels-sheet">
        {items.map(({ checkPointId, name, placement, token }) => (
          <li key={checkPointId} className="label">
            <QrCode text={`${base}/field/c/${token}`} label={t('codes.qr', { name: text(name) })} />
            <div className="label-text">
              <strong>{text(name)}</strong>
              {placement && <span>{placement}</span>}
              <code>{`${base}/field/c/${token}`}</code>
            </div>
          </li>
        ))}
      </ul>
    </main>
  );
}
