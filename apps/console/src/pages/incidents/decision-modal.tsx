import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FirstField } from '../../components/first-field.js';
import { ProblemAlert } from '../../components/query-state.js';
import { newRequestId } from '../../lib/request-id.js';

interface Props {
  title: string;
  text: string;
  ok: string;
  ready: boolean;
  pending: boolean;
  error: unknown;
  onOk: (decision: { reason: string; requestId: string }) => void;
  onCancel: () => void;
  children: ReactNode;
}

const shortestReason = 3;

/** A decision about an incident: what it does, what it is about, and why. */
export function DecisionModal({ title, text, ok, ready, pending, error, onOk, onCancel, children }: Props) {
  const { t } = useTranslation(['load', 'app']);
  const [reason, setReason] = useState('');
  // One id per intention: pressing the button again after a lost answer is the same request.
  const [requestId] = useState(newRequestId);
  return (
    <Modal
      open
      title={title}
      okText={ok}
      cancelText={t('app:cancel')}
      okButtonProps={{ disabled: !ready || reason.trim().length < shortestReason, loading: pending }}
      onOk={() => onOk({ reason: reason.trim(), requestId })}
      onCancel={onCancel}
    >
      <FirstField className="stack">
        <span className="muted">{text}</span>
        {children}
        <label htmlFor="decision-reason">{t('incident.reason')}</label>
        <Input.TextArea
          id="decision-reason"
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {Boolean(error) && <ProblemAlert error={error} />}
      </FirstField>
    </Modal>
  );
}
