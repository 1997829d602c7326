import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { catalogueGapsQuery } from '../api/catalogue.js';
import { useMay } from './session.js';

/** On every page of the desk while alarms have no kind of work in the catalogue: their orders ask for what the program brings. */
export function CatalogueGaps() {
  const { t } = useTranslation('catalogue');
  // There they stand one by one.
  const there = useLocation().pathname.startsWith('/catalogue');
  const may = useMay('admin', 'operator', 'manager');
  const count = useQuery({ ...catalogueGapsQuery, enabled: may }).data?.items.length ?? 0;
  if (count === 0 || there) return null;
  return (
    <div className="notice" role="alert">
      <span className="notice-text">{t('gapBanner', { count })}</span>
      <span className="notice-buttons">
        <Link className="notice-button notice-button-go" to="/catalogue">
          {t('look')}
        </Link>
      </span>
    </div>
  );
}
