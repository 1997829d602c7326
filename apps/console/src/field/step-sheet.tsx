import type { StepLimit, WorkOrderDetail } from '@sc/contracts';
import { Button, TextArea } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow, useSiteTime } from '../lib/site-time.js';
import { useLimitText } from '../lib/use-limit-text.js';
import type { OtherStep } from './other-steps.js';
import { stepForm } from './drafts-of.js';
import { useDraft } from './use-draft.js';
import type { Submission } from './use-submit-step.js';

const limits: StepLimit[] = [
  { amount: 240, unit: 'working-minutes' },
  { amount: 1, unit: 'working-days' },
  { amount: 3, unit: 'working-days' },
];
/** How many days an order may be put off from the street; longer is for the desk. */
const putOffDays = [1, 3, 7];

interface Props {
  order: WorkOrderDetail;
  action: OtherStep;
  busy: boolean;
  onSend: (what: Submission) => Promise<void>;
}

/** The words of a step, and how much time it is about. */
export function StepSheet({ order, action, busy, onSend }: Props) {
  const { t } = useTranslation(['cases', 'words', 'field']);
  const limitText = useLimitText();
  const { format } = useSiteTime();
  const [note, setNote] = useDraft(stepForm(order.id, action), 'note', '');
  const [limit, setLimit] = useState(1);
  const [days, setDays] = useState(0);
  const [untils] = useState(() => putOffDays.map((n) => new Date(serverNow() + n * 86_400_000).toISOString()));
  const details =
    action === 'request-extension'
      ? { limit: limits[limit] }
      : action === 'suspend'
        ? { until: untils[days] }
        : undefined;
  return (
    <div className="field-report">
      <label htmlFor="step-note">{t(`words:workOrderAction.${action}`)}</label>
      {action === 'request-extension' && (
        <Choices label={t('amount')} texts={limits.map(limitText)} chosen={limit} onChoose={setLimit} />
      )}
      {action === 'suspend' && (
        <Choices
          label={t('resumeAt')}
          texts={untils.map((at) => `${format(at, 'day')} ${format(at, 'minute')}`)}
          chosen={days}
          onChoose={setDays}
        />
      )}
      <TextArea
        id="step-note"
        rows={3}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={2000}
        placeholder={t('field:noteNeeded')}
        value={note}
        onChange={(words) => setNote(() => words)}
      />
      <Button
        block
        color="primary"
        size="large"
        loading={busy}
        disabled={note.trim() === ''}
        onClick={() => void onSend({ action, note: note.trim(), details })}
      >
        {t(`words:workOrderAction.${action}`)}
      </Button>
    </div>
  );
}

function Choices({
  label,
  texts,
  chosen,
  onChoose,
}: {
  label: string;
  texts: readonly string[];
  chosen: number;
  onChoose: (index: number) => void;
}) {
  return (
    <div className="field-choices" role="group" aria-label={label}>
      {texts.map((text, index) => (
        <Button
          key={text}
          color={index === chosen ? 'primary' : 'default'}
          aria-pressed={index === chosen}
          onClick={() => onChoose(index)}
        >
          {text}
        </Button>
      ))}
    </div>
  );
}
