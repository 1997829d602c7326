import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { keys } from '../api/keys.js';
import { ordersApi } from '../api/orders.js';
import { usePerson } from '../app/session.js';
import { useSiteTime } from '../lib/site-time.js';
import { useText } from '../lib/use-words.js';
import { fieldMessagesQuery } from './cached.js';
import { CopyNote, FieldCalm, FieldState } from './parts.js';

export function FieldMessagesPage() {
  const { t } = useTranslation(['field', 'words']);
  const text = useText();
  const { format } = useSiteTime();
  const queries = useQueryClient();
  const query = useQuery(fieldMessagesQuery(usePerson().id));
  const read = useMutation({
    mutationFn: ordersApi.readNotification,
    onSettled: () => queries.invalidateQueries({ queryKey: keys.notifications }),
  });
  return (
    <>
      <h1 className="field-title">{t('notifications')}</h1>
      <FieldState query={query}>
        {({ value: items, copyFrom }) =>
          items.length === 0 ? (
            <FieldCalm title={t('noMessages')} />
          ) : (
            <>
              <CopyNote from={copyFrom} />
              <ul className="field-cards">
                {items.map((n) => (
                  <li key={n.id}>
                    <Link
                      to={
                        n.workOrderId
                          ? `/field/orders/${n.workOrderId}`
                          : n.roundId
                            ? `/field/rounds/${n.roundId}`
                            : '/field'
                      }
                      className={`field-card ${n.readAt ? 'field-card-read' : 'field-card-new'}`}
                      onClick={() => !n.readAt && read.mutate(n.id)}
                    >
                      <strong>{t(`words:notification.${n.kind}`)}</strong>
                      {n.title && <span>{text(n.title)}</span>}
                      <div className="field-card-row muted">
                        <span>{n.workOrderNumber}</span>
                        <span>{format(n.createdAt)}</span>
                      </div>
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </FieldState>
    </>
  );
}
