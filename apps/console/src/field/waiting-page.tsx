import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSiteTime } from '../lib/site-time.js';
import { useText } from '../lib/use-words.js';
import type { OutboxItem } from './outbox-db.js';
import { useOutbox } from './outbox.js';
import { FieldCalm } from './parts.js';
import { Refusal } from './refusal.js';
import { useRoundActs } from './rounds/acts.js';
import { WaitingActs } from './rounds/waiting.js';

export function FieldWaitingPage() {
  const { t } = useTranslation('field');
  const { items, sending, sendNow } = useOutbox();
  const rounds = useRoundActs().items.length;
  return (
    <>
      <h1 className="field-title">{t('waiting')}</h1>
      {rounds > 0 && <WaitingActs />}
      {items.length === 0 && rounds > 0 ? null : items.length === 0 ? (
        <FieldCalm title={t('waitingEmpty')} text={t('waitingEmptyText')} />
      ) : (
        <>
          <ul className="field-cards">
            {items.map((item, index) => (
              <WaitingItem
                key={item.requestId}
                item={item}
                behind={items
                  .slice(0, index)
                  .some((other) => other.state === 'refused' && other.workOrderId === item.workOrderId)}
              />
            ))}
          </ul>
          <div className="field-actions">
            <Button block size="large" color="primary" loading={sending} onClick={() => void sendNow()}>
              {t('sendNow')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

/** @param behind something refused of the same order stands before it: it waits for a person */
function WaitingItem({ item, behind }: { item: OutboxItem; behind: boolean }) {
  const { t } = useTranslation(['field', 'words', 'cases']);
  const text = useText();
  const { format } = useSiteTime();
  const { sending } = useOutbox();
  const words = item.kind === 'case' ? item.body.description : item.note;
  const state = behind ? t('itemBehind') : sending ? t('itemSending') : t('itemWaiting');
  return (
    <li className="field-card">
      <strong>
        {item.kind === 'case' ? (
          `${t('cases:report')} · ${text(item.title)}`
        ) : (
          <>
            {t(`words:workOrderAction.${item.action}`)} ·{' '}
            <Link className="field-link" to={`/field/orders/${item.workOrderId}`}>
              {item.workOrderNumber}
            </Link>
          </>
        )}
      </strong>
      {words && <span>{words}</span>}
      {item.kind !== 'case' && item.details?.answers && (
        <span>{t('withAnswers', { count: item.details.answers.length })}</span>
      )}
      {item.photos.length > 0 && <span>{t('withPhotos', { count: item.photos.length })}</span>}
      <div className="field-card-row">
        <span className="muted">{format(item.createdAt)}</span>
        <span className={item.state === 'refused' ? 'field-overdue' : 'field-pending'}>
          {item.state === 'refused' ? t('itemRefused') : state}
        </span>
      </div>
      {item.state === 'refused' && <Refusal item={item} />}
    </li>
  );
}
