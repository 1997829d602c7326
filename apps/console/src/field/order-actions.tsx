import type { PersonWorkOrderAction, WorkOrderDetail } from '@sc/contracts';
import { Button, Toast } from 'antd-mobile';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskPosition } from './ask-position.js';
import { OtherSteps } from './other-steps.js';
import { useOutbox, type Submission } from './outbox.js';
import { ReportForm } from './report-form.js';
import { StartForm } from './start-form.js';

const forOfficers = ['accept', 'start', 'report'] as const satisfies PersonWorkOrderAction[];
type OfficerAction = (typeof forOfficers)[number];

/** Without a network the next step may be done too: the platform gets them in the same order. */
const nextStep: Partial<Record<PersonWorkOrderAction, OfficerAction>> = { accept: 'start', start: 'report' };
/** A second tap must follow within this time: long enough for gloves, short enough for a pocket. */
const confirmWithinMs = 4_000;

export function OrderActions({ order }: { order: WorkOrderDetail }) {
  const { t, i18n } = useTranslation(['field', 'words', 'app']);
  const outbox = useOutbox();
  const [busy, setBusy] = useState(false);
  const pending = outbox.items.filter((i) => i.workOrderId === order.id);
  const last = pending.at(-1);
  const next = last ? nextStep[last.action] : undefined;
  const actions: OfficerAction[] = last
    ? next
      ? [next]
      : []
    : forOfficers.filter((a) => order.allowedActions.includes(a));
  const refused = pending.find((i) => i.state === 'refused');
  const hasBefore =
    order.attachments.some(({ kind }) => kind === 'before') ||
    pending.some(({ photos }) => photos.some(({ kind }) => kind === 'before'));

  const submit = async (what: Submission): Promise<void> => {
    setBusy(true);
    try {
      const result = await outbox.submit(order, what);
      if (result === 'sent') Toast.show({ icon: 'success', content: t('sent') });
      else if (result === 'queued') Toast.show({ content: t('queued'), duration: 4000 });
      else {
        const key = `problem.${result.refused}`;
        const reason = i18n.exists(key, { ns: 'app' }) ? t(`app:${key}` as 'app:problem.internal') : result.refused;
        Toast.show({ icon: 'fail', content: `${t('refused')}: ${reason}`, duration: 5000 });
      }
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="field-actions">
      {last && !refused && (
        <p className="field-pending" role="status">
          {t('pendingOrder', { action: t(`words:workOrderAction.${last.action}`) })}
        </p>
      )}
      {refused && (
        <p className="field-overdue" role="alert">
          {t('refused')}: {t(`words:workOrderAction.${refused.action}`)}
        </p>
      )}
      {!refused && actions.includes('accept') && (
        <AcceptButton busy={busy} onAccept={() => void submit({ action: 'accept' })} />
      )}
      {!refused && actions.includes('start') && (
        <StartForm
          wantsBefore={order.proof === 'before-and-after' && !hasBefore}
          busy={busy}
          onStart={(photos) => void submit({ action: 'start', photos })}
        />
      )}
      {!refused && actions.includes('report') && (
        <ReportForm
          proof={order.proof}
          hasBefore={hasBefore}
          busy={busy}
          onSend={(note, photos) => submit({ action: 'report', note, photos })}
        />
      )}
      {actions.length === 0 && !last && <p className="muted">{t('nothingToDo')}</p>}
      {actions.length > 0 && <AskPosition />}
      {!last && <OtherSteps order={order} hasBefore={hasBefore} busy={busy} onSend={submit} />}
    </div>
  );
}

/** Two taps: the first arms the button, the second accepts. No dialog to aim at with gloves. */
function AcceptButton({ busy, onAccept }: { busy: boolean; onAccept: () => void }) {
  const { t } = useTranslation('field');
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), confirmWithinMs);
    return () => clearTimeout(timer);
  }, [armed]);
  return (
    <Button
      block
      color={armed ? 'success' : 'primary'}
      size="large"
      loading={busy}
      onClick={() => {
        if (armed) onAccept();
        setArmed(!armed);
      }}
    >
      <span aria-live="polite">{armed ? t('acceptConfirm') : t('accept')}</span>
    </Button>
  );
}
