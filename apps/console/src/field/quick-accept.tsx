import type { WorkOrder } from '@sc/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TwoTaps } from './two-taps.js';
import { useSubmitStep } from './use-submit-step.js';

/** Accepts an order where it stands in the list: two taps, no page between. */
export default function QuickAccept({ order }: { order: Pick<WorkOrder, 'id' | 'number'> }) {
  const { t } = useTranslation('field');
  const submit = useSubmitStep(order);
  const [busy, setBusy] = useState(false);
  const accept = async () => {
    setBusy(true);
    try {
      await submit({ action: 'accept' });
    } finally {
      setBusy(false);
    }
  };
  return <TwoTaps label={t('accept')} confirm={t('acceptConfirm')} busy={busy} onDone={() => void accept()} />;
}
