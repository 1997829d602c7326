import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { residentsApi } from '../api/residents.js';
import { useProblemText } from '../lib/use-words.js';

interface Props {
  orderId: string;
  linkId: string;
  days: number;
}

/** The number that a resident left: shown when it is asked for, kept nowhere on the phone. */
export function ResidentPhone({ orderId, linkId, days }: Props) {
  const { t } = useTranslation('residents');
  const problemText = useProblemText();
  const look = useMutation({ mutationFn: () => residentsApi.phone(orderId, linkId), gcTime: 0 });
  return (
    <>
      {look.data ? (
        <a className="field-button" href={`tel:${look.data.phone.replace(/[^+\d]/g, '')}`}>
          {look.data.phone}
        </a>
      ) : (
        <Button block loading={look.isPending} onClick={() => look.mutate()}>
          {t('order.phone')}
        </Button>
      )}
      {look.error && (
        <p className="field-overdue" role="alert">
          {problemText(look.error).line}
        </p>
      )}
      <p className="muted">
        {t('order.phoneHint')} {t('order.phoneUntil', { days })}
      </p>
    </>
  );
}
