import type { OrderResidents, WorkOrderDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Attachments } from '../components/attachments.js';
import { useSiteTime } from '../lib/site-time.js';
import { useSeen } from '../pages/work-orders/use-seen.js';
import { fieldResidentsQuery } from './looked-up.js';
import type { OutboxWords } from './outbox-items.js';
import { useOutbox } from './outbox.js';
import { CopyNote } from './parts.js';
import { Refusal } from './refusal.js';
import { ResidentPhone } from './resident-phone.js';
import { TellResidentsForm } from './tell-residents.js';

/** What residents wrote, showed and said about a case, and a way to ask or tell them. Nothing where no resident has to do with it. */
export function OrderResidentsSection({ order }: { order: WorkOrderDetail }) {
  const { t } = useTranslation(['field', 'residents']);
  const query = useQuery(fieldResidentsQuery(order.id));
  const waiting = useOutbox().items.filter(
    (item): item is OutboxWords => item.kind === 'words' && item.workOrderId === order.id,
  );
  const files = order.attachments.filter(({ uploadedBy }) => uploadedBy === null);
  const data = query.data?.value;
  if (!data?.links.length && waiting.length === 0 && files.length === 0) return null;
  const isOver = order.state === 'closed' || order.state === 'voided' || order.state === 'evaluated';
  return (
    <section className="field-residents">
      <h2>{t('residents:order.title')}</h2>
      <CopyNote from={query.data?.copyFrom} />
      {data && <Words orderId={order.id} data={data} />}
      {files.length > 0 && <Attachments attachments={files} />}
      {waiting.map((item) => (
        <div key={item.requestId} className="field-said">
          <strong>{t(`residents.${item.body.kind}`)}</strong>
          <p className="field-words">{item.body.words}</p>
          <span className={item.state === 'refused' ? 'field-overdue' : 'field-pending'} role="status">
            {t(item.state === 'refused' ? 'itemRefused' : 'notSent')}
          </span>
          {item.state === 'refused' && <Refusal item={item} />}
        </div>
      ))}
      {!isOver && !waiting.some(({ state }) => state === 'refused') && <TellResidentsForm order={order} />}
    </section>
  );
}

/** What is new to this officer is marked, and read once its end was on the screen. */
function Words({ orderId, data }: { orderId: string; data: OrderResidents }) {
  const { box, isFresh } = useSeen(orderId, data);
  return (
    <>
      <Reports orderId={orderId} data={data} isFresh={isFresh} />
      <Messages messages={data.messages} isFresh={isFresh} />
      <div ref={box} aria-hidden />
    </>
  );
}

interface Fresh {
  isFresh: (at: string) => boolean;
}

function Reports({ orderId, data, isFresh }: Fresh & { orderId: string; data: OrderResidents }) {
  const { t } = useTranslation('residents');
  const { format } = useSiteTime();
  const followers = data.links.filter(({ kind }) => kind === 'follow').length;
  return (
    <>
      {data.links
        .filter(({ words, phone, rating }) => words || phone || rating)
        .map((link) => (
          <div key={link.id} className="field-said field-said-resident">
            {link.words && <p className="field-words">{link.words}</p>}
            {link.rating && (
              <p>
                {isFresh(link.rating.at) && <New />}
                <strong>{t('order.rating', { score: link.rating.score })}</strong> {link.rating.words}
              </p>
            )}
            <span className="muted">{format(link.at)}</span>
            {link.phone && <ResidentPhone orderId={orderId} linkId={link.id} days={data.phoneDays} />}
          </div>
        ))}
      {followers > 0 && <p className="muted">{t('order.followed', { count: followers })}</p>}
    </>
  );
}

function Messages({ messages, isFresh }: Fresh & { messages: OrderResidents['messages'] }) {
  const { t } = useTranslation('residents');
  const { format } = useSiteTime();
  return messages.map(({ id, kind, words, by, at }) => (
    <div key={id} className={by === null ? 'field-said field-said-resident' : 'field-said'}>
      <div className="field-card-row">
        <strong>
          {isFresh(at) && <New />}
          {t(`order.kinds.${kind}`, { name: by ?? '' })}
        </strong>
        <span className="muted">{format(at)}</span>
      </div>
      {words && <p className="field-words">{words}</p>}
    </div>
  ));
}

function New() {
  return <span className="field-new">{useTranslation('residents').t('order.fresh')}</span>;
}
