import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rulesQuery } from '../api/queries.js';
import { Notice } from '../components/notice.js';
import { useText } from '../lib/use-words.js';

/** On every page of the desk while a rule is stopped: nobody must think that it still watches. */
export function StoppedRules() {
  const { t } = useTranslation('rules');
  const text = useText();
  const stopped = useQuery(rulesQuery).data?.items.filter(({ status }) => status.state === 'stopped') ?? [];
  const [first] = stopped;
  if (!first) return null;
  const alone = stopped.length === 1;
  return (
    <Notice
      text={alone ? t('bannerOne', { name: text(first.title) }) : t('banner', { count: stopped.length })}
      to={alone ? `/rules/${first.id}` : '/rules?state=attention'}
      label={t('look')}
    />
  );
}
