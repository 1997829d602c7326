import type { Handover, HandoverState as State } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';

const tones = {
  draft: 'busy',
  'handed-over': 'warm',
  returned: 'hot',
  accepted: 'good',
  discarded: 'quiet',
} as const satisfies Record<State, string>;

export function HandoverState({ state }: { state: State }) {
  const { t } = useTranslation('handovers');
  return <StateTag tone={tones[state]}>{t(`state.${state}`)}</StateTag>;
}

/** "11/22 08:00 – 16:00": the day again only where it is another one. */
export function ShiftTime({ of }: { of: Pick<Handover, 'shiftStartsAt' | 'shiftEndsAt'> }) {
  const { format } = useSiteTime();
  const [from, to] = [format(of.shiftStartsAt, 'day'), format(of.shiftEndsAt, 'day')];
  return (
    <time dateTime={of.shiftStartsAt} title={`${format(of.shiftStartsAt)} – ${format(of.shiftEndsAt)}`}>
      {from} {format(of.shiftStartsAt, 'minute')} – {to !== from && `${to} `}
      {format(of.shiftEndsAt, 'minute')}
    </time>
  );
}
