import type { Alarm } from '@sc/contracts';
import { Modal } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SeverityBadge } from '../../components/severity-badge.js';
import { usePlace } from '../../lib/use-place.js';
import { useText } from '../../lib/use-words.js';
import { Assignee } from './assignee.js';
import { CommentForm } from './comment-form.js';
import { ShelveModal } from './shelve-modal.js';

export type QuickAction = 'comment' | 'assign' | 'shelve';

/** What one key does with one row, without opening the alarm. */
export function QuickActionModal({
  action,
  alarm,
  onClose,
}: {
  action: QuickAction;
  alarm: Alarm;
  onClose: () => void;
}) {
  const { t } = useTranslation('control');
  const text = useText();
  const place = usePlace();
  const box = useRef<HTMLDivElement>(null);
  if (action === 'shelve') return <ShelveModal alarm={alarm} onClose={onClose} />;
  // Once it is open: before, the dialog takes the focus for itself.
  const focus = (open: boolean) => open && box.current?.querySelector<HTMLElement>('input')?.focus();
  return (
    <Modal open title={t(`keys.${action}`)} footer={null} onCancel={onClose} afterOpenChange={focus}>
      <div className="stack" ref={box}>
        <span>
          <SeverityBadge severity={alarm.severity} /> {text(alarm.title)} · {place(alarm.areaId, alarm.areaName)}
        </span>
        {action === 'comment' ? (
          <CommentForm id={alarm.id} onDone={onClose} />
        ) : (
          <Assignee alarm={alarm} onDone={onClose} />
        )}
      </div>
    </Modal>
  );
}
