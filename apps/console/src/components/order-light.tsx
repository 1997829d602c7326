import type { Light, OrderClock } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useNow, useSiteTime } from '../lib/site-time.js';
import { useDuration } from '../lib/use-words.js';
import { StateTag } from './tags.js';

const tones = { none: 'quiet', normal: 'good', warning: 'warm', overdue: 'hot' } as const;

/** The light beside an order, in words too, and what is left of its step. */
export function OrderLight({ clock }: { clock: OrderClock | null }) {
  const { t } = useTranslation('calendars');
  const now = useNow();
  const rest = useRest();
  const { format } = useSiteTime();
  if (!clock?.left) return <span className="muted">–</span>;
  const light = lightOf(clock, now);
  return (
    <span className="order-light" title={clock.dueAt ? t('due', { time: format(clock.dueAt) }) : undefined}>
      <StateTag tone={tones[light]}>{t(`light.${light}`)}</StateTag> <span className="age">{rest(clock, now)}</span>
    </span>
  );
}

/** Which step it is, its light, what is left, and until when. */
export function ClockLine({ clock }: { clock: OrderClock }) {
  const { t } = useTranslation('calendars');
  const { format } = useSiteTime();
  return (
    <span className="order-light">
      <span>{t(`step.${clock.step}`)}</span>
      <OrderLight clock={clock} />
      {clock.dueAt && <span className="muted">{t('due', { time: format(clock.dueAt) })}</span>}
    </span>
  );
}

/** It changes while the page stands open, without another answer of the platform. */
export function lightOf({ warnAt, dueAt }: OrderClock, now: number): Light {
  if (!dueAt) return 'none';
  if (now >= Date.parse(dueAt)) return 'overdue';
  return warnAt && now >= Date.parse(warnAt) ? 'warning' : 'normal';
}

/** "2 working h left", "over by 10 min", "stands still, 3 working h left". */
function useRest(): (clock: OrderClock, now: number) => string {
  const { t } = useTranslation('calendars');
  const duration = useDuration();
  const amount = ({ amount: signed, unit }: NonNullable<OrderClock['left']>): string => {
    const count = Math.abs(signed);
    if (unit === 'working-days') return t('workingDays', { count });
    if (unit === 'minutes') return count < 60 ? t('minutes', { count }) : duration(count * 60_000);
    if (count < 60) return t('workingMinutes', { count });
    const [h, m] = [Math.floor(count / 60), count % 60];
    return m ? t('workingHoursMinutes', { h, m }) : t('workingHours', { h });
  };
  return ({ left, dueAt }, now) => {
    if (!left) return '';
    if (!dueAt) return t('held', { left: amount(left) });
    // Plain minutes go on by the second; working time is counted by the platform.
    if (left.unit === 'minutes') {
      const ms = Date.parse(dueAt) - now;
      return ms > 0 ? t('left', { time: duration(ms) }) : t('over', { time: duration(-ms) });
    }
    return t(left.amount > 0 ? 'left' : 'over', { time: amount(left) });
  };
}
