import type { OrderResidents } from '@sc/contracts';
import { Alert, App, Button } from 'antd';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orderResidentsQuery, residentsApi } from '../../api/residents.js';
import { SiteTime } from '../../components/age.js';
import { useProblemText } from '../../lib/use-words.js';
import { unreadOf, useSeen } from './use-seen.js';

export const residentsAnchor = 'residents';

/** Above the case: a resident said something that this person had not read when it was opened. It stays, so that nothing moves while it is read. */
export function UnreadResidents({ orderId }: { orderId: string }) {
  const { t } = useTranslation('residents');
  const { data } = useQuery(orderResidentsQuery(orderId));
  const unread = data ? unreadOf(data).length : 0;
  const [told, setTold] = useState(0);
  if (unread > told) setTold(unread);
  if (told === 0) return null;
  const look = () => document.getElementById(residentsAnchor)?.scrollIntoView({ block: 'start' });
  return (
    <Alert
      showIcon
      type="info"
      title={t('order.unread', { count: told })}
      action={
        <Button size="small" onClick={look}>
          {t('order.read')}
        </Button>
      }
    />
  );
}

/** What residents reported, rated and said, and what they were told. What is new to this person is marked, and read once it was seen. */
export function ResidentWords({ orderId, data }: { orderId: string; data: OrderResidents }) {
  const { box, isFresh } = useSeen(orderId, data);
  return (
    <>
      <Links orderId={orderId} data={data} isFresh={isFresh} />
      <Messages data={data} isFresh={isFresh} />
      {/* Seen is what ends here: whoever sees the end has scrolled past what is new. */}
      <div ref={box} aria-hidden />
    </>
  );
}

interface Part {
  data: OrderResidents;
  isFresh: (at: string) => boolean;
}

function Links({ orderId, data, isFresh }: Part & { orderId: string }) {
  const { t } = useTranslation('residents');
  const told = data.links.filter(({ words, phone, rating }) => words || phone || rating);
  if (told.length === 0) return null;
  return (
    <ul className="residents-list">
      {told.map((link) => (
        <li key={link.id}>
          {link.words && <p className="residents-words">{link.words}</p>}
          {link.rating && (
            <p>
              {isFresh(link.rating.at) && <Fresh />}
              <strong>{t('order.rating', { score: link.rating.score })}</strong>
              {link.rating.words && <span className="residents-words"> {link.rating.words}</span>}
            </p>
          )}
          <span className="muted">
            <SiteTime at={link.at} />
          </span>
          {link.phone && <Phone orderId={orderId} linkId={link.id} days={data.phoneDays} />}
        </li>
      ))}
    </ul>
  );
}

function Phone({ orderId, linkId, days }: { orderId: string; linkId: string; days: number }) {
  const { t } = useTranslation('residents');
  const { message } = App.useApp();
  const problemText = useProblemText();
  const look = useMutation({
    mutationFn: () => residentsApi.phone(orderId, linkId),
    onError: (error) => void message.error(problemText(error).line),
    gcTime: 0,
  });
  return (
    <div>
      {look.data ? (
        <a href={`tel:${look.data.phone.replace(/[^+\d]/g, '')}`}>{look.data.phone}</a>
      ) : (
        <Button size="small" loading={look.isPending} onClick={() => look.mutate()}>
          {t('order.phone')}
        </Button>
      )}{' '}
      <span className="muted">
        {t('order.phoneHint')} {t('order.phoneUntil', { days })}
      </span>
    </div>
  );
}

function Messages({ data: { messages }, isFresh }: Part) {
  const { t } = useTranslation('residents');
  if (messages.length === 0) return null;
  return (
    <ul className="residents-list">
      {messages.map(({ id, kind, words, by, at, linkId }) => (
        <li key={id} className={kind === 'not-solved' ? 'residents-unsolved' : undefined}>
          {linkId !== null && isFresh(at) && <Fresh />}
          <strong>{t(`order.kinds.${kind}`, { name: by ?? '' })}</strong>{' '}
          <span className="muted">
            <SiteTime at={at} />
          </span>
          {words && <p className="residents-words">{words}</p>}
        </li>
      ))}
    </ul>
  );
}

function Fresh() {
  const { t } = useTranslation('residents');
  return <span className="residents-fresh">{t('order.fresh')}</span>;
}
