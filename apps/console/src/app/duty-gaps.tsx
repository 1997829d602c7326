import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { warningsQuery } from '../api/directory.js';
import { Notice } from '../components/notice.js';
import { useMay } from './session.js';

/** On every page of the desk while a duty grid has nobody on shift: an alarm there goes straight up the chain. */
export function DutyGaps() {
  const { t } = useTranslation('directory');
  const may = useMay('admin', 'operator', 'manager');
  const items = useQuery({ ...warningsQuery, enabled: may }).data?.items ?? [];
  const count = items.filter((item) => item.code === 'nobody-on-shift' && item.urgency === 'now').length;
  if (count === 0) return null;
  return <Notice text={t('warnings.banner', { count })} to="/shifts" label={t('warnings.look')} />;
}
