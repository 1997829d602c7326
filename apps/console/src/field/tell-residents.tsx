import type { TellResidents, WorkOrderDetail } from '@sc/contracts';
import { Button, TextArea } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsForm } from './drafts-of.js';
import { useOutbox } from './outbox.js';
import { useDraft } from './use-draft.js';
import { useTellOutcome } from './use-submit-step.js';

/** As the platform takes it. */
const mostLetters = 1000;

/** Asks the residents of a case, or tells them something; with or without a network. */
export function TellResidentsForm({ order }: { order: Pick<WorkOrderDetail, 'id' | 'number'> }) {
  const { t } = useTranslation('residents');
  const { submit } = useOutbox();
  const tell = useTellOutcome();
  const form = wordsForm(order.id);
  const [words, setWords] = useDraft(form, 'words', '');
  const [sending, setSending] = useState<TellResidents['kind']>();
  const send = async (kind: TellResidents['kind']) => {
    setSending(kind);
    try {
      const body = { kind, words: words.trim() };
      const outcome = await submit({ kind: 'words', workOrderId: order.id, workOrderNumber: order.number, body }, form);
      setWords(() => '');
      tell(outcome);
    } finally {
      setSending(undefined);
    }
  };
  return (
    <div className="field-report">
      <label htmlFor="tell-residents">{t('order.tell')}</label>
      <TextArea
        id="tell-residents"
        rows={2}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={mostLetters}
        value={words}
        onChange={(said) => setWords(() => said)}
      />
      <p className="muted">{t('order.public')}</p>
      <div className="field-choices">
        {(['question', 'answer'] as const).map((kind) => (
          <Button
            key={kind}
            disabled={words.trim() === '' || sending !== undefined}
            loading={sending === kind}
            onClick={() => void send(kind)}
          >
            {t(`order.${kind}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
