import type { PersonWorkOrderAction, WorkOrderDetail } from '@sc/contracts';
import { Button, Popup } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReportForm } from './report-form.js';
import { StepSheet } from './step-sheet.js';
import type { Submission } from './use-submit-step.js';

/** What somebody may do besides the way of the case; each needs words. */
const others = [
  'answer',
  'assist-done',
  'note',
  'request-extension',
  'return',
  'rework',
  'suspend',
  'refuse-extension',
] as const satisfies PersonWorkOrderAction[];
export type OtherStep = (typeof others)[number];

interface Props {
  order: WorkOrderDetail;
  hasBefore: boolean;
  busy: boolean;
  onSend: (what: Submission) => Promise<void>;
}

export function OtherSteps({ order, hasBefore, busy, onSend }: Props) {
  const { t } = useTranslation('words');
  const [asked, setAsked] = useState<OtherStep>();
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
          order={order}
          action="self-handled"
          hasBefore={hasBefore}
          busy={busy}
          onSend={(note, photos) => onSend({ action: 'self-handled', note, photos })}
        />
      )}
      <div className="field-other">
        {offered.map((action) => (
          <Button key={action} onClick={() => setAsked(action)}>
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
        {asked && (
          <StepSheet
            order={order}
            action={asked}
            busy={busy}
            onSend={(what) => onSend(what).then(() => setAsked(undefined))}
          />
        )}
      </Popup>
    </>
  );
}
