import { type Alarm, isLifeSafety } from '@sc/contracts';
import { Alert, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/resources.js';
import { FirstField } from '../../components/first-field.js';
import { ProblemAlert } from '../../components/query-state.js';
import { useDuration } from '../../lib/use-words.js';
import { shelfPresets } from './shelf-presets.js';
import { useAlarmMove } from './use-alarm-move.js';

/** For how long and why; nothing longer than the platform allows is offered. */
export function ShelveModal({ alarm, onClose }: { alarm: Alarm; onClose: () => void }) {
  const { t } = useTranslation(['silences', 'app']);
  const duration = useDuration();
  const presets = shelfPresets(alarm.shelvableMinutes);
  const [minutes, setMinutes] = useState(presets[0] ?? 1);
  const [reason, setReason] = useState('');
  const shelve = useAlarmMove(alarm.id, () => api.shelveAlarm(alarm.id, { minutes, reason: reason.trim() }), onClose);
  return (
    <Modal
      open
      title={t('shelveTitle')}
      okText={t('shelve').replace('…', '')}
      cancelText={t('app:cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: shelve.isPending }}
      onOk={() => shelve.mutate()}
      onCancel={onClose}
    >
      <FirstField className="stack">
        <span>{t('shelveText')}</span>
        {isLifeSafety(alarm.severity) && <Alert type="warning" showIcon title={t('shelveLifeSafety')} />}
        <div className="stack-tight">
          <span id="shelve-minutes">{t('forHowLong')}</span>
          <Segmented
            aria-labelledby="shelve-minutes"
            value={minutes}
            options={presets.map((value) => ({ value, label: duration(value * 60_000) }))}
            onChange={setMinutes}
          />
          <span className="muted">{t('shelveLimit', { time: duration(alarm.shelvableMinutes * 60_000) })}</span>
        </div>
        <div className="stack-tight">
          <label htmlFor="shelve-reason">{t('reason')}</label>
          <Input.TextArea
            id="shelve-reason"
            placeholder={t('reasonPlaceholder')}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        {shelve.error && <ProblemAlert error={shelve.error} />}
      </FirstField>
    </Modal>
  );
}
