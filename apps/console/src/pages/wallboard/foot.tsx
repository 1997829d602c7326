import type { SystemPulse } from '@sc/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { handoversQuery } from '../../api/handovers.js';
import { systemPulseQuery } from '../../api/wallboard.js';
import { useDuration } from '../../lib/use-words.js';
import { useCheckWords } from '../system/use-check-words.js';

/** Work of people that waits so long is a trouble, not a busy moment. */
const lateSeconds = 60;

/** How the platform itself is, and what waits between two shifts. */
export function WallFoot() {
  const { t } = useTranslation('wall');
  const waiting = (useInfiniteQuery(handoversQuery({ state: 'open' })).data?.pages[0]?.items ?? []).filter(
    ({ state }) => state === 'handed-over',
  );
  return (
    <footer className="wall-foot">
      <System />
      {waiting.slice(0, 2).map(({ id, giver, receiver }) => (
        <span key={id} className="wall-trouble">
          {t('handover', { from: giver?.name ?? '', to: receiver?.name ?? '' })}
        </span>
      ))}
    </footer>
  );
}

function System() {
  const { t } = useTranslation('wall');
  const duration = useDuration();
  const pulse = useQuery(systemPulseQuery);
  const say = useTroubleText();
  if (pulse.isPending) return null;
  if (pulse.isError || !pulse.data) return <strong className="wall-trouble">{t('systemUnknown')}</strong>;
  const { troubles, lateSeconds: late } = pulse.data;
  if (troubles.length === 0 && late < lateSeconds) return <span className="wall-good">{t('systemGood')}</span>;
  return (
    <>
      {late >= lateSeconds && (
        <strong className="wall-trouble">{t('systemLate', { time: duration(late * 1000) })}</strong>
      )}
      {troubles.slice(0, 4).map((one, index) => (
        <strong key={index} className="wall-trouble">
          {say(one)}
        </strong>
      ))}
    </>
  );
}

function useTroubleText(): (trouble: SystemPulse['troubles'][number]) => string {
  const { t } = useTranslation('wall');
  const words = useCheckWords();
  return ({ kind, what, check }) =>
    t(`trouble.${what}`, { process: t(`process.${kind}`), check: check ? words.check(check) : '' });
}
