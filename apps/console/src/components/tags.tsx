import type { AlarmState, Device, WorkOrderState } from '@sc/contracts';
import { useTranslation } from 'react-i18next';

/** How much a state asks for a person. */
type Tone = 'hot' | 'warm' | 'busy' | 'good' | 'quiet';

const alarmTones: Partial<Record<AlarmState, Tone>> = {
  unacknowledged: 'hot',
  'returned-unacknowledged': 'warm',
  acknowledged: 'busy',
  normal: 'good',
};

export function AlarmStateTag({ state }: { state: AlarmState }) {
  const { t } = useTranslation('words');
  return <span className={`state state-${alarmTones[state] ?? 'quiet'}`}>{t(`alarmState.${state}`)}</span>;
}

const orderTones: Partial<Record<WorkOrderState, Tone>> = {
  registered: 'hot',
  dispatched: 'warm',
  accepted: 'busy',
  'in-hand': 'busy',
  reported: 'warm',
  verified: 'good',
  closed: 'good',
};

export function WorkOrderStateTag({ state }: { state: WorkOrderState }) {
  const { t } = useTranslation('words');
  return <span className={`state state-${orderTones[state] ?? 'quiet'}`}>{t(`workOrderState.${state}`)}</span>;
}

export function ConnectionMark({ device }: { device: Pick<Device, 'connection' | 'state'> }) {
  const { t } = useTranslation('words');
  if (device.state === 'retired') return <span className="conn conn-retired">{t('deviceState.retired')}</span>;
  return <span className={`conn conn-${device.connection}`}>{t(`connection.${device.connection}`)}</span>;
}

/** A short word with a dot that repeats it in colour. */
export function StateTag({ tone, children }: { tone: Tone; children: string }) {
  return <span className={`state state-${tone}`}>{children}</span>;
}
