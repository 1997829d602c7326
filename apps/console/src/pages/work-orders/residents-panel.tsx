import type { OrderResidents, WorkOrderDetail } from '@sc/contracts';
import { App, Button, Checkbox, Input } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/resources.js';
import { orderResidentsQuery, residentKeys, residentsApi } from '../../api/residents.js';
import { useMay } from '../../app/session.js';
import { Panel } from '../../components/page.js';
import { newRequestId } from '../../lib/request-id.js';
import { useProblemText } from '../../lib/use-words.js';
import { ResidentWords, residentsAnchor } from './resident-words.js';
import '../../styles/residents.css';

/** What residents reported, asked and rated, and what they are told. Nothing stands here where no resident has to do with it. */
export function ResidentsPanel({ order }: { order: WorkOrderDetail }) {
  const { t } = useTranslation('residents');
  const { data } = useQuery(orderResidentsQuery(order.id));
  if (!data || (data.links.length === 0 && !data.continues && !data.continuedBy)) return null;
  const reported = data.links.filter(({ kind }) => kind === 'report').length;
  const followed = data.links.length - reported;
  return (
    <Panel
      id={residentsAnchor}
      title={t('order.title')}
      extra={[
        reported > 0 && t('order.reported', { count: reported }),
        followed > 0 && t('order.followed', { count: followed }),
      ]
        .filter(Boolean)
        .join(' · ')}
    >
      <div className="stack">
        {data.continues && (
          <div>
            {t('order.continues')}{' '}
            <Link className="in-text" to={`/work-orders/${data.continues.id}`}>
              {data.continues.number}
            </Link>
          </div>
        )}
        {data.continuedBy && (
          <div>
            {t('order.continuedBy')}{' '}
            <Link className="in-text" to={`/work-orders/${data.continuedBy.id}`}>
              {data.continuedBy.number}
            </Link>
          </div>
        )}
        <ResidentWords orderId={order.id} data={data} />
        <Tell order={order} />
        <ShownPhotos order={order} data={data} />
      </div>
    </Panel>
  );
}

function Tell({ order }: { order: WorkOrderDetail }) {
  const { t } = useTranslation('residents');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const [words, setWords] = useState('');
  const [requestId, setRequestId] = useState(newRequestId);
  const tell = useMutation({
    mutationFn: (kind: 'question' | 'answer') => residentsApi.tell(order.id, { requestId, kind, words: words.trim() }),
    onSuccess: (data) => {
      queries.setQueryData(residentKeys.ofOrder(order.id), data);
      setWords('');
      setRequestId(newRequestId());
      void message.success(t('order.sent'));
    },
    onError: (error) => void message.error(problemText(error).line),
  });
  const empty = !words.trim();
  return (
    <div className="stack">
      <Input.TextArea
        aria-label={t('order.tell')}
        placeholder={t('order.tell')}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={1000}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <span className="muted">{t('order.public')}</span>
      <div className="row-wrap">
        <Button disabled={empty} loading={tell.isPending} onClick={() => tell.mutate('question')}>
          {t('order.question')}
        </Button>
        <Button disabled={empty} loading={tell.isPending} onClick={() => tell.mutate('answer')}>
          {t('order.answer')}
        </Button>
      </div>
    </div>
  );
}

function ShownPhotos({ order, data }: { order: WorkOrderDetail; data: OrderResidents }) {
  const { t } = useTranslation('residents');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const may = useMay('admin', 'operator', 'manager');
  const photos = order.attachments.filter(({ kind, expiredAt }) => kind !== 'voice' && !expiredAt);
  const publish = useMutation({
    mutationFn: ({ id, shown }: { id: string; shown: boolean }) => residentsApi.publish(order.id, id, shown),
    onSuccess: (fresh) => queries.setQueryData(residentKeys.ofOrder(order.id), fresh),
    onError: (error) => void message.error(problemText(error).line),
  });
  if (photos.length === 0 || !may) return null;
  return (
    <div>
      <div className="muted">{t('order.photos')}</div>
      <div className="row-wrap">
        {photos.map(({ id }, n) => (
          <Checkbox
            key={id}
            aria-label={t('order.showPhoto', { n: n + 1 })}
            checked={data.publicPhotos.includes(id)}
            disabled={publish.isPending}
            onChange={({ target }) => publish.mutate({ id, shown: target.checked })}
          >
            <img className="residents-photo" src={api.thumbnailUrl(id)} alt="" loading="lazy" />
          </Checkbox>
        ))}
      </div>
    </div>
  );
}
