import { type Delivery, type DeliveryState, deliveryStates } from '@sc/contracts';
import { App, Button, Select, Table } from 'antd';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKeys, channelsApi, channelsQuery, deliveriesQuery } from '../../api/channels.js';
import { SiteTime } from '../../components/age.js';
import { LoadMore } from '../../components/load-more.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { useSiteTime } from '../../lib/site-time.js';
import { useProblemText, useText } from '../../lib/use-words.js';
import { useReason } from './use-reason.js';

const tones = {
  pending: 'busy',
  held: 'quiet',
  delivered: 'good',
  failed: 'hot',
  folded: 'quiet',
  expired: 'warm',
} as const;

/** Who was told what by which channel, and what came of it. */
export function DeliveryLog() {
  const { t } = useTranslation('channels');
  const [state, setState] = useState<DeliveryState>();
  const [channelId, setChannelId] = useState<string>();
  const channels = useQuery(channelsQuery).data?.items ?? [];
  const query = useInfiniteQuery(deliveriesQuery({ ...(state ? { state } : {}), ...(channelId ? { channelId } : {}) }));
  return (
    <div className="stack">
      <div className="channel-line">
        <Select
          aria-label={t('log.state')}
          style={{ width: 160 }}
          allowClear
          placeholder={t('log.anyState')}
          value={state}
          onChange={setState}
          options={deliveryStates.map((one) => ({ value: one, label: t(`state.${one}`) }))}
        />
        <Select
          aria-label={t('log.channel')}
          style={{ width: 200 }}
          allowClear
          placeholder={t('log.anyChannel')}
          value={channelId}
          onChange={setChannelId}
          options={channels.map(({ id, kind, name }) => ({
            value: id,
            label: kind === 'in-app' ? t('kind.in-app') : name,
          }))}
        />
      </div>
      <QueryState query={query}>
        {(data) => (
          <div className="panel">
            <DeliveryTable items={data.pages.flatMap((page) => page.items)} />
            <LoadMore query={query} />
          </div>
        )}
      </QueryState>
    </div>
  );
}

function DeliveryTable({ items }: { items: Delivery[] }) {
  const { t } = useTranslation('channels');
  const text = useText();
  const reason = useReason();
  const { format } = useSiteTime();
  const { message } = App.useApp();
  const problemText = useProblemText();
  const queries = useQueryClient();
  const replay = useMutation({
    mutationFn: channelsApi.replay,
    onSuccess: () => message.success(t('log.replayed')),
    onError: (error) => message.error(problemText(error).line),
    onSettled: () => queries.invalidateQueries({ queryKey: channelKeys.deliveries }),
  });
  return (
    <Table
      size="small"
      rowKey="id"
      pagination={false}
      scroll={{ x: 960 }}
      dataSource={items}
      locale={{ emptyText: <Calm title={t('log.none')} text={t('log.noneText')} /> }}
      columns={[
        { title: t('log.at'), width: 170, render: (_, d) => <SiteTime at={d.createdAt} /> },
        {
          title: t('log.channel'),
          width: 160,
          ellipsis: true,
          render: (_, d) => (d.channel.kind === 'in-app' ? t('kind.in-app') : d.channel.name),
        },
        { title: t('log.who'), width: 130, ellipsis: true, render: (_, d) => d.person?.name ?? t('log.group') },
        { title: t('log.what'), ellipsis: true, render: (_, d) => d.title && text(d.title) },
        {
          title: t('log.state'),
          width: 250,
          render: (_, d) => (
            <>
              <StateTag tone={tones[d.state]}>{t(`state.${d.state}`)}</StateTag>{' '}
              {d.state === 'held' && d.heldUntil && (
                <span className="muted">{t('log.until', { time: format(d.heldUntil, 'minute') })}</span>
              )}
              {d.lastError && <span className="muted">{reason(d.lastError)}</span>}
            </>
          ),
        },
        { title: t('log.attempts'), width: 90, align: 'right', render: (_, d) => d.attempts },
        {
          width: 120,
          align: 'right',
          render: (_, d) =>
            (d.state === 'failed' || d.state === 'expired') &&
            d.channel.id && (
              <Button
                size="small"
                loading={replay.isPending && replay.variables === d.id}
                onClick={() => replay.mutate(d.id)}
              >
                {t('log.replay')}
              </Button>
            ),
        },
      ]}
    />
  );
}
