import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { catalogueGapsQuery } from '../../api/catalogue.js';
import { domainsQuery } from '../../api/queries.js';
import { useText } from '../../lib/use-words.js';

/** Which alarms have no kind of work here: their orders ask for what the program brings. */
export function Gaps() {
  const { t } = useTranslation(['catalogue', 'words']);
  const text = useText();
  const gaps = useQuery(catalogueGapsQuery).data?.items ?? [];
  const domains = useQuery(domainsQuery).data?.items;
  if (!gaps.length) return null;
  const byDomain = Map.groupBy(gaps, ({ domain }) => domain);
  const titleOf = (name: string) => {
    const domain = domains?.find((one) => one.name === name);
    return domain ? text(domain.title) : name;
  };
  return (
    <Alert
      className="catalogue-view"
      type="warning"
      showIcon
      title={t('gapBanner', { count: gaps.length })}
      description={[...byDomain].map(([domain, those]) => (
        <div key={domain}>
          {titleOf(domain)} · {those.map(({ severity }) => t(`words:severity.${severity}`)).join(' · ')}
        </div>
      ))}
    />
  );
}
