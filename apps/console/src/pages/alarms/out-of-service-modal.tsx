import { type Alarm, isLifeSafety } from '@sc/contracts';
import { Alert, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/resources.js';
import { FirstField } from '../../components/first-field.js';
import { useText } from '../../lib/use-words.js';
import { useAlarmMove } from './use-alarm-move.js';

/** The whole device or this rule on it, with a reason; it has no end but somebody's. */
export function OutOfServiceModal({ alarm, onClose }: { alarm: Alarm; onClose: () => void }) {
  const { t } = useTranslation(['silences', 'app']);
  const text = useText();
  const [whole, setWhole] = useState(false);
  const [reason, setReason] = useState('');
  const take = useAlarmMove(
    alarm.id,
    () =>
      api.takeOutOfService({
        deviceId: alarm.deviceId,
        reason: reason.trim(),
        ...(whole ? {} : { ruleId: alarm.ruleId }),
      }),
    onClose,
  );
  return (
    <Modal
      open
      title={`${t('outTitle')}: ${alarm.deviceName}`}
      okText={t('takeOut')}
      cancelText={t('app:cancel')}
      okButtonProps={{ danger: true, disabled: reason.trim().length < 3, loading: take.isPending }}
      onOk={() => take.mutate()}
      onCancel={onClose}
    >
      <FirstField className="stack">
        <span>{t('outText')}</span>
        {isLifeSafety(alarm.severity) && <Alert type="warning" showIcon title={t('outLifeSafety')} />}
        <Radio.Group
          aria-label={t('outWhat')}
          value={whole}
          onChange={(event) => setWhole(event.target.value as boolean)}
          options={[
            { value: false, label: t('outRule', { rule: text(alarm.title) }) },
            { value: true, label: t('outDevice') },
          ]}
          vertical
        />
        <div className="stack-tight">
          <label htmlFor="out-reason">{t('reason')}</label>
          <Input.TextArea
            id="out-reason"
            placeholder={t('reasonPlaceholder')}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      </FirstField>
    </Modal>
  );
}
