import { Alert, App, Input, Modal } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { useDomains } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { useProblemText } from '../../lib/use-words.js';

interface Props {
  device: { id: string; name: string; domain: string };
  onClose: () => void;
}

/** The whole device, with a reason; it has no end but somebody's. */
export function TakeOut({ device, onClose }: Props) {
  const { t } = useTranslation(['silences', 'app']);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const watchesLives = useDomains().find(({ name }) => name === device.domain)?.lifeSafety;
  const [reason, setReason] = useState('');
  const take = useMutation({
    mutationFn: () => api.takeOutOfService({ deviceId: device.id, reason: reason.trim() }),
    onSuccess: onClose,
    onError: (error) => void message.error(problemText(error).line),
    onSettled: () =>
      Promise.all(
        [keys.maintenance, keys.allAlarms, keys.allFleet].map((queryKey) => queries.invalidateQueries({ queryKey })),
      ),
  });
  return (
    <Modal
      open
      title={`${t('outTitle')}: ${device.name}`}
      okText={t('takeOut')}
      cancelText={t('app:cancel')}
      okButtonProps={{ danger: true, disabled: reason.trim().length < 3, loading: take.isPending }}
      onOk={() => take.mutate()}
      onCancel={onClose}
    >
      <div className="stack">
        <span>{t('outText')}</span>
        {watchesLives && <Alert type="warning" showIcon title={t('outLifeSafety')} />}
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
      </div>
    </Modal>
  );
}
