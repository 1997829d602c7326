import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { warningsQuery } from '../api/directory.js';
import { useMay } from './session.js';

/** On every page of the desk while a duty grid has nobody on shift: an alarm there goes straight up the chain. */
export function DutyGaps() {
  const { t } = useTranslation('directory');
  const may = useMay('admin', 'operator', 'manager');
  const items = useQuery({ ...warningsQuery, enabled: may }).data?.items ?? [];
  const count = items.filter((item) => item.code === 'nobody-on-shift' && item.urgency === 'now').length;
  if (count === 0) return null;
  return (
    <div className="notice" role="alert">
      <span className="notice-text">{t('warnings.banner', { count })}</span>
      <span className="notice-buttons">
        <Link className="notice-button notice-button-go" to="/shifts">
          {t('warnings.look')}
        </Link>
      </span>
    </div>
  );
}
