import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { catalogueGapsQuery } from '../api/catalogue.js';
import { Notice } from '../components/notice.js';
import { useMay } from './session.js';

/** On every page of the desk while alarms have no kind of work in the catalogue: their orders ask for what the program brings. */
export function CatalogueGaps() {
  const { t } = useTranslation('catalogue');
  // There they stand one by one.
  const there = useLocation().pathname.startsWith('/catalogue');
  const may = useMay('admin', 'operator', 'manager');
  const count = useQuery({ ...catalogueGapsQuery, enabled: may }).data?.items.length ?? 0;
  if (count === 0 || there) return null;
  return <Notice text={t('gapBanner', { count })} to="/catalogue" label={t('look')} />;
}
