import type { AlarmState, Device, WorkOrderState } from '@sc/contracts';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

const alarmColours: Partial<Record<AlarmState, string>> = {
  unacknowledged: 'red',
  'returned-unacknowledged': 'orange',
  acknowledged: 'blue',
  normal: 'green',
};

export function AlarmStateTag({ state }: { state: AlarmState }) {
  const { t } = useTranslation('words');
  return <Tag color={alarmColours[state]}>{t(`alarmState.${state}`)}</Tag>;
}

const orderColours: Partial<Record<WorkOrderState, string>> = {
  registered: 'red',
  dispatched: 'orange',
  accepted: 'blue',
  'in-hand': 'blue',
  reported: 'purple',
  verified: 'cyan',
  closed: 'green',
};

export function WorkOrderStateTag({ state }: { state: WorkOrderState }) {
  const { t } = useTranslation('words');
  return <Tag color={orderColours[state]}>{t(`workOrderState.${state}`)}</Tag>;
}

export function ConnectionMark({ device }: { device: Pick<Device, 'connection' | 'state'> }) {
  const { t } = useTranslation('words');
  if (device.state === 'retired') return <span className="conn conn-retired">{t('deviceState.retired')}</span>;
  return <span className={`conn conn-${device.connection}`}>{t(`connection.${device.connection}`)}</span>;
}
