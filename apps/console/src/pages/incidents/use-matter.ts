import { useTranslation } from 'react-i18next';
import { useDomains } from '../../api/queries.js';
import { useText } from '../../lib/use-words.js';

/** What an incident is about: its domain, or the cause that devices of several share. */
export function useMatter(): (domain: string) => string {
  const { t } = useTranslation('load');
  const domains = useDomains();
  const text = useText();
  return (name) => {
    if (name === 'infrastructure') return t('incident.infrastructure');
    const domain = domains.find((one) => one.name === name);
    return domain ? text(domain.title) : name;
  };
}
