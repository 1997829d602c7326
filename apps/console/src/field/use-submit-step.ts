import type { PersonWorkOrderAction, WorkOrder } from '@sc/contracts';
import { Toast } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import type { StepDetails } from './outbox-items.js';
import { type Outcome, useOutbox } from './outbox.js';
import { stepForm } from './drafts-of.js';
import { useRefusalText } from './refusal.js';
import type { TakenPhoto } from './take-photos.js';

export interface Submission {
  action: PersonWorkOrderAction;
  note?: string;
  photos?: TakenPhoto[];
  details?: StepDetails;
  /** Which draft it was, where that is not called as the action. */
  form?: string;
}

/** Takes a step of an order, with or without a network, and says what became of it. */
export function useSubmitStep(order: Pick<WorkOrder, 'id' | 'number'>): (what: Submission) => Promise<void> {
  const { submit } = useOutbox();
  const tell = useTellOutcome();
  return async ({ action, note, photos = [], details, form = action }) =>
    tell(
      await submit(
        { workOrderId: order.id, workOrderNumber: order.number, action, note, details, photos: [...photos] },
        stepForm(order.id, form),
      ),
    );
}

export function useTellOutcome(): (outcome: Outcome<unknown>, sent?: string) => void {
  const { t } = useTranslation('field');
  const refusal = useRefusalText();
  return (outcome, sent = t('sent')) => {
    if (outcome === 'kept') Toast.show({ content: t('queued'), duration: 4000 });
    else if ('sent' in outcome) Toast.show({ icon: 'success', content: sent });
    else Toast.show({ icon: 'fail', content: `${t('refused')}: ${refusal(outcome.refused).reason}`, duration: 5000 });
  };
}
