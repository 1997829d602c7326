import { type DirectoryWarning, mostHouseholds } from '@sc/contracts';
import { Alert } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { warningsQuery } from '../api/directory.js';
import { useMay } from '../app/session.js';
import { useSiteTime } from '../lib/site-time.js';
import { usePlace } from '../lib/use-place.js';

/** Told at once; the rest is one link away. */
const mostShown = 6;

/** Duty grids that are too large or, at some time of the week, without an officer; nothing when all is well. */
export function DirectoryWarnings() {
  const { t } = useTranslation('directory');
  const may = useMay('admin', 'operator', 'manager');
  const items = useQuery({ ...warningsQuery, enabled: may }).data?.items ?? [];
  const sentence = useSentence();
  if (items.length === 0) return null;
  const count = new Set(items.map(({ areaId }) => areaId)).size;
  return (
    <Alert
      className="directory-warnings"
      type="warning"
      showIcon
      title={t('warnings.title', { count })}
      description={
        <ul className="plain-list">
          {items.slice(0, mostShown).map((item) => (
            <li key={`${item.code} ${item.areaId}`}>
              <Link to={`/areas/${item.areaId}`}>{sentence(item)}</Link>
            </li>
          ))}
          {items.length > mostShown && <li>{t('warnings.more', { count: items.length - mostShown })}</li>}
        </ul>
      }
    />
  );
}

function useSentence(): (warning: DirectoryWarning) => string {
  const { t } = useTranslation('directory');
  const place = usePlace();
  const { format } = useSiteTime();
  const moment = (at: string) => `${format(at, 'day')} ${format(at, 'minute')}`;
  return (warning) => {
    const area = place(warning.areaId);
    if (warning.code === 'too-many-households')
      return t('warnings.households', { area, count: warning.households, most: mostHouseholds });
    const [gap] = warning.gaps;
    if (!gap) return area;
    const times = { area, count: warning.gaps.length, from: moment(gap.startsAt), until: moment(gap.endsAt) };
    return t(`warnings.${warning.urgency}`, times);
  };
}
