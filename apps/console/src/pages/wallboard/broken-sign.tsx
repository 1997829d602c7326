import { useTranslation } from 'react-i18next';
import { useLiveState } from '../../api/live.js';
import { toServerTime, useNow } from '../../lib/site-time.js';
import { useDuration } from '../../lib/use-words.js';
import type { Broken } from './stale.js';

/** What nobody in the room can overlook: this is not the present, and how old it is. */
export function BrokenSign({ broken }: { broken: Broken }) {
  const { t } = useTranslation('wall');
  return (
    <div className="wall-broken" role="alert">
      <strong>{t('broken.title')}</strong>
      <span>{t(`broken.${broken}`)}</span>
      <Heard />
    </div>
  );
}

/** Counted on without being read out every second. */
function Heard() {
  const { t } = useTranslation('wall');
  const { lastHeardAt } = useLiveState();
  const now = useNow();
  const duration = useDuration();
  return (
    <span className="wall-heard" aria-live="off">
      {lastHeardAt === null ? t('broken.never') : t('broken.age', { time: duration(now - toServerTime(lastHeardAt)) })}
    </span>
  );
}
