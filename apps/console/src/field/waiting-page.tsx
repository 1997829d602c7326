import { Button, Dialog } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSiteTime } from '../lib/site-time.js';
import { useOutbox } from './outbox.js';
import { FieldCalm } from './parts.js';
import { useRoundActs } from './rounds/acts.js';
import { WaitingActs } from './rounds/waiting.js';

export function FieldWaitingPage() {
  const { t, i18n } = useTranslation(['field', 'words', 'app']);
  const { format } = useSiteTime();
  const { items, sending, sendNow, discard, retry } = useOutbox();
  const rounds = useRoundActs().items.length;
  const ask = (requestId: string) =>
    void Dialog.confirm({
      content: t('discardConfirm'),
      confirmText: t('discard'),
      cancelText: t('app:cancel'),
      onConfirm: () => discard(requestId),
    });
  const problemText = (code: string) =>
    i18n.exists(`problem.${code}`, { ns: 'app' }) ? t(`app:problem.${code}` as 'app:problem.internal') : code;
  return (
    <>
      <h1 className="field-title">{t('waiting')}</h1>
      {rounds > 0 && <WaitingActs />}
      {items.length === 0 && rounds > 0 ? null : items.length === 0 ? (
        <FieldCalm title={t('waitingEmpty')} text={t('waitingEmptyText')} />
      ) : (
        <>
          <ul className="field-cards">
            {items.map((item) => (
              <li key={item.requestId} className="field-card">
                <strong>
                  {t(`words:workOrderAction.${item.action}`)} ·{' '}
                  <Link to={`/field/orders/${item.workOrderId}`}>{item.workOrderNumber}</Link>
                </strong>
                {item.note && <span>{item.note}</span>}
                {item.photos.length > 0 && <span>{t('withPhotos', { count: item.photos.length })}</span>}
                <div className="field-card-row">
                  <span className="muted">{format(item.createdAt)}</span>
                  <span className={item.state === 'refused' ? 'field-overdue' : 'field-pending'}>
                    {item.state === 'refused' ? t('itemRefused') : sending ? t('itemSending') : t('itemWaiting')}
                  </span>
                </div>
                {item.state === 'refused' && (
                  <>
                    <span role="alert">{problemText(item.problem ?? 'internal')}</span>
                    <div className="field-card-row">
                      <Button color="primary" fill="outline" onClick={() => void retry(item.requestId)}>
                        {t('app:retry')}
                      </Button>
                      <Button color="danger" fill="outline" onClick={() => ask(item.requestId)}>
                        {t('discard')}
                      </Button>
                    </div>
                  </>
                )}
              </li>
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
