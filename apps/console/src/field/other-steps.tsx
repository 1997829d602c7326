import type { PersonWorkOrderAction, StepLimit, WorkOrderActionRequest, WorkOrderDetail } from '@sc/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Popup, TextArea, Toast } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../api/keys.js';
import { asProblem } from '../api/problem.js';
import { api } from '../api/resources.js';
import { usePerson } from '../app/session.js';
import { newRequestId } from '../lib/request-id.js';
import { useLimitText } from '../lib/use-limit-text.js';
import { fieldOrderQuery } from './cached.js';
import type { Submission } from './outbox.js';
import { hereNow } from './position.js';
import { ReportForm } from './report-form.js';

/** What an officer or a helper may do besides the way of the case; needs the network, because others wait for the answer. */
const others = [
  'answer',
  'assist-done',
  'note',
  'request-extension',
  'return',
] as const satisfies PersonWorkOrderAction[];
type Other = (typeof others)[number];

const limits: StepLimit[] = [
  { amount: 240, unit: 'working-minutes' },
  { amount: 1, unit: 'working-days' },
  { amount: 3, unit: 'working-days' },
];

interface Props {
  order: WorkOrderDetail;
  hasBefore: boolean;
  busy: boolean;
  onSend: (what: Submission) => Promise<void>;
}

export function OtherSteps({ order, hasBefore, busy, onSend }: Props) {
  const { t } = useTranslation('words');
  const [asked, setAsked] = useState<{ action: Other; requestId: string }>();
  const [onTheSpot, setOnTheSpot] = useState(false);
  const offered = others.filter((action) => order.allowedActions.includes(action));
  const maySolve = order.allowedActions.includes('self-handled');
  if (offered.length === 0 && !maySolve) return null;
  return (
    <>
      {maySolve && !onTheSpot && (
        <Button block size="large" onClick={() => setOnTheSpot(true)}>
          {t('workOrderAction.self-handled')}
        </Button>
      )}
      {maySolve && onTheSpot && (
        <ReportForm
          proof={order.proof}
          hasBefore={hasBefore}
          busy={busy}
          onSend={(note, photos) => onSend({ action: 'self-handled', note, photos })}
        />
      )}
      <div className="field-other">
        {offered.map((action) => (
          <Button key={action} size="middle" onClick={() => setAsked({ action, requestId: newRequestId() })}>
            {t(`workOrderAction.${action}`)}
          </Button>
        ))}
      </div>
      <Popup
        visible={asked !== undefined}
        onMaskClick={() => setAsked(undefined)}
        bodyClassName="field-sheet"
        destroyOnClose
      >
        {asked && <StepSheet order={order} {...asked} onDone={() => setAsked(undefined)} />}
      </Popup>
    </>
  );
}

function StepSheet({
  order,
  action,
  requestId,
  onDone,
}: {
  order: WorkOrderDetail;
  action: Other;
  requestId: string;
  onDone: () => void;
}) {
  const { t, i18n } = useTranslation(['cases', 'words', 'field', 'app']);
  const queries = useQueryClient();
  const { id: personId } = usePerson();
  const limitText = useLimitText();
  const [note, setNote] = useState('');
  const [limit, setLimit] = useState<StepLimit>(limits[1]!);
  const [sending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    try {
      const position = await hereNow(personId);
      const body: WorkOrderActionRequest = { requestId, note: note.trim(), position, attachmentIds: [] };
      const sent = await api.actOnWorkOrder(
        order.id,
        action,
        action === 'request-extension' ? { ...body, limit } : body,
      );
      queries.setQueryData(keys.workOrder(order.id), sent);
      queries.setQueryData(fieldOrderQuery(order.id).queryKey, { value: sent });
      Toast.show({ icon: 'success', content: t('field:sent') });
      onDone();
    } catch (error) {
      const key = `problem.${asProblem(error).code}`;
      const reason = i18n.exists(key, { ns: 'app' }) ? t(`app:${key}` as 'app:problem.internal') : key;
      Toast.show({ icon: 'fail', content: reason, duration: 5000 });
    } finally {
      setSending(false);
    }
  };
  return (
    <div className="field-report">
      <label htmlFor="step-note">{t(`words:workOrderAction.${action}`)}</label>
      {action === 'request-extension' && (
        <div className="field-choices" role="group" aria-label={t('amount')}>
          {limits.map((one) => (
            <Button
              key={`${one.amount} ${one.unit}`}
              color={one === limit ? 'primary' : 'default'}
              aria-pressed={one === limit}
              onClick={() => setLimit(one)}
            >
              {limitText(one)}
            </Button>
          ))}
        </div>
      )}
      <TextArea
        id="step-note"
        rows={3}
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={2000}
        placeholder={t('field:noteNeeded')}
        value={note}
        onChange={setNote}
      />
      <Button
        block
        color="primary"
        size="large"
        loading={sending}
        disabled={note.trim() === ''}
        onClick={() => void send()}
      >
        {t(`words:workOrderAction.${action}`)}
      </Button>
    </div>
  );
}
