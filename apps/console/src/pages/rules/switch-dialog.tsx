import type { RuleDetail } from '@sc/contracts';
import { Input, Modal } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/resources.js';
import { FirstField } from '../../components/first-field.js';
import { ProblemAlert } from '../../components/query-state.js';
import { useRuleChanged } from './use-rule-changed.js';

/** On or off, with a word why; of life safety the word is needed. */
export function SwitchDialog({ rule, onClose }: { rule: RuleDetail; onClose: () => void }) {
  const { t } = useTranslation('rules');
  const [note, setNote] = useState('');
  const changed = useRuleChanged();
  const enabled = !rule.enabled;
  const needed = rule.status.lifeSafety && !enabled;
  const change = useMutation({
    mutationFn: () => api.switchRule(rule.id, { enabled, ...(note.trim() ? { note: note.trim() } : {}) }),
    onSuccess: (answer) => {
      changed(answer);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={enabled ? t('switchOn') : t('switchOff')}
      okText={enabled ? t('switchOn') : t('switchOff')}
      cancelText={t('cancel')}
      okButtonProps={{ danger: !enabled, loading: change.isPending, disabled: needed && note.trim() === '' }}
      onOk={() => change.mutate()}
      onCancel={onClose}
    >
      <FirstField className="stack">
        {!enabled && <span>{t('switchOffText')}</span>}
        {needed && <strong>{t('noteNeeded')}</strong>}
        <Input.TextArea
          aria-label={t('note')}
          placeholder={t('noteWhy')}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        {change.error && <ProblemAlert error={change.error} />}
      </FirstField>
    </Modal>
  );
}
