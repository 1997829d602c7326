import { Button } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSiteTime } from '../lib/site-time.js';
import { useText } from '../lib/use-words.js';
import { isStep, type OutboxItem, photosOf, subjectOf } from './outbox-items.js';
import { useOutbox } from './outbox.js';
import { FieldCalm } from './parts.js';
import { Refusal } from './refusal.js';

/** Everything that was done on this phone and has not reached the platform. */
export function FieldWaitingPage() {
  const { t } = useTranslation('field');
  const { items, sending, sendNow } = useOutbox();
  return (
    <>
      <h1 className="field-title">{t('waiting')}</h1>
      {items.length === 0 ? (
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
                  .some((other) => other.state === 'refused' && subjectOf(other) === subjectOf(item))}
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
  const { t } = useTranslation('field');
  const { format } = useSiteTime();
  const { sending } = useOutbox();
  const words = wordsOf(item);
  const answers = isStep(item) ? item.details?.answers : item.kind === 'answers' ? item.body.answers : undefined;
  const photos = photosOf(item).length;
  const state = behind ? t('itemBehind') : sending ? t('itemSending') : t('itemWaiting');
  return (
    <li className="field-card">
      <strong>
        <Title item={item} />
      </strong>
      {words && <span>{words}</span>}
      {answers && <span>{t('withAnswers', { count: answers.length })}</span>}
      {photos > 0 && <span>{t('withPhotos', { count: photos })}</span>}
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

/** What it is, and which order or check point it is about. */
function Title({ item }: { item: OutboxItem }) {
  const { t } = useTranslation(['field', 'words', 'rounds']);
  const text = useText();
  if (item.kind === 'case') return `${t('reportCase')} · ${text(item.title)}`;
  if (item.kind === 'scan') return t('rounds:field.scanWaiting');
  if (item.kind === 'answers') return t('rounds:field.answersWaiting', { place: text(item.place) });
  return (
    <>
      {item.kind === 'words' ? t(`residents.${item.body.kind}`) : t(`words:workOrderAction.${item.action}`)} ·{' '}
      <Link className="field-link" to={`/field/orders/${item.workOrderId}`}>
        {item.workOrderNumber}
      </Link>
    </>
  );
}

function wordsOf(item: OutboxItem): string | undefined {
  if (isStep(item)) return item.note;
  if (item.kind === 'words') return item.body.words;
  return item.kind === 'case' ? item.body.description : undefined;
}
