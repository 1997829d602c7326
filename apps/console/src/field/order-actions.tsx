import type { PersonWorkOrderAction, WorkOrderDetail } from '@sc/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskPosition } from './ask-position.js';
import { OtherSteps } from './other-steps.js';
import type { OutboxStep } from './outbox-items.js';
import { Refusal } from './refusal.js';
import { ReportForm } from './report-form.js';
import { StartForm } from './start-form.js';
import { TwoTaps } from './two-taps.js';
import { useSubmitStep } from './use-submit-step.js';

/** The way of a case, each taken by one large button; the others stand below. */
const plain = ['accept', 'verify', 'close', 'resume', 'grant-extension'] as const satisfies PersonWorkOrderAction[];

interface Props {
  /** As it will be when what waits has arrived. */
  order: WorkOrderDetail;
  /** What waits on this phone for it, oldest first. */
  steps: readonly OutboxStep[];
}

export function OrderActions({ order, steps }: Props) {
  const { t } = useTranslation(['field', 'words']);
  const submit = useSubmitStep(order);
  const [busy, setBusy] = useState(false);
  const refused = steps.find(({ state }) => state === 'refused');
  const may = (action: PersonWorkOrderAction) => !refused && order.allowedActions.includes(action);
  const hasBefore =
    order.attachments.some(({ kind }) => kind === 'before') ||
    steps.some(({ photos }) => photos.some(({ kind }) => kind === 'before'));

  const send: typeof submit = async (what) => {
    setBusy(true);
    try {
      await submit(what);
    } finally {
      setBusy(false);
    }
  };
  const name = (action: (typeof plain)[number]) =>
    action === 'accept' ? t('accept') : t(`words:workOrderAction.${action}`);

  return (
    <div className="field-actions">
      {steps.map((step) => (
        <div key={step.requestId}>
          <p className={step === refused ? 'field-overdue' : 'field-pending'} role="status">
            {step === refused
              ? t('refusedStep', { action: t(`words:workOrderAction.${step.action}`) })
              : t('pendingOrder', { action: t(`words:workOrderAction.${step.action}`) })}
          </p>
          {step === refused && <Refusal item={step} />}
        </div>
      ))}
      {plain.map(
        (action) =>
          may(action) && (
            <TwoTaps
              key={action}
              label={name(action)}
              confirm={action === 'accept' ? t('acceptConfirm') : t('tapAgain', { action: name(action) })}
              busy={busy}
              onDone={() => void send({ action })}
            />
          ),
      )}
      {may('start') && (
        <StartForm
          orderId={order.id}
          wantsBefore={order.proof === 'before-and-after' && !hasBefore}
          busy={busy}
          onStart={(photos) => void send({ action: 'start', photos })}
        />
      )}
      {may('report') && (
        <ReportForm
          order={order}
          action="report"
          hasBefore={hasBefore}
          busy={busy}
          onSend={(note, photos) => send({ action: 'report', note, photos })}
        />
      )}
      {!refused && order.allowedActions.length === 0 && steps.length === 0 && (
        <p className="muted">{t('nothingToDo')}</p>
      )}
      {order.allowedActions.length > 0 && <AskPosition />}
      {!refused && <OtherSteps order={order} hasBefore={hasBefore} busy={busy} onSend={send} />}
    </div>
  );
}
