import { type SiteChannel } from '@sc/contracts';
import { Button, Popconfirm, Switch, Tabs } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKeys, channelsApi, channelsQuery } from '../../api/channels.js';
import { Page, Panel } from '../../components/page.js';
import { Calm, ProblemAlert, QueryState } from '../../components/query-state.js';
import { StateTag } from '../../components/tags.js';
import { ChannelForm } from './channel-form.js';
import { DeliveryLog } from './delivery-log.js';
import { TestDialog } from './test-dialog.js';
import '../../styles/channels.css';

export function ChannelsPage() {
  const { t } = useTranslation('channels');
  const [tab, setTab] = useState('channels');
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t('title')}
      extra={
        tab === 'channels' && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      <Tabs
        activeKey={tab}
        onChange={setTab}
        destroyOnHidden
        items={[
          { key: 'channels', label: t('tabs.channels'), children: <ChannelList /> },
          { key: 'log', label: t('tabs.log'), children: <DeliveryLog /> },
        ]}
      />
      {adding && <ChannelForm onClose={() => setAdding(false)} />}
    </Page>
  );
}

function ChannelList() {
  const { t } = useTranslation('channels');
  const channels = useQuery(channelsQuery);
  return (
    <>
      <p className="muted">{t('intro')}</p>
      <QueryState query={channels}>
        {({ items }) =>
          items.length === 0 ? (
            <Calm title={t('none')} text={t('noneText')} />
          ) : (
            <div className="stack">
              {items.map((channel) => (
                <ChannelPanel key={channel.id} channel={channel} />
              ))}
            </div>
          )
        }
      </QueryState>
    </>
  );
}

function ChannelPanel({ channel }: { channel: SiteChannel }) {
  const { t } = useTranslation('channels');
  const queries = useQueryClient();
  const [open, setOpen] = useState<'form' | 'test'>();
  const changed = () => queries.invalidateQueries({ queryKey: channelKeys.all });
  const enable = useMutation({
    mutationFn: (enabled: boolean) => channelsApi.update(channel.id, { enabled }),
    onSuccess: changed,
  });
  const remove = useMutation({ mutationFn: () => channelsApi.remove(channel.id), onSuccess: changed });
  const error = enable.error ?? remove.error;
  const { delivered, waiting, failed } = channel.lastDay;
  if (channel.kind === 'in-app')
    return (
      <Panel title={t('kind.in-app')} extra={<Button onClick={() => setOpen('test')}>{t('test')}</Button>}>
        <div className="channel-line">
          <span>{t('inAppText')}</span>
          <StateTag tone="good">{t('alwaysOn')}</StateTag>
        </div>
        <span className="muted">{t('lastDay', { delivered, waiting, failed })}</span>
        {open === 'test' && <TestDialog channel={channel} onClose={() => setOpen(undefined)} />}
      </Panel>
    );
  return (
    <Panel
      title={channel.name}
      extra={
        <>
          <Switch
            checked={channel.enabled}
            loading={enable.isPending}
            aria-label={t('enable', { name: channel.name })}
            onChange={(enabled) => enable.mutate(enabled)}
          />
          <Button onClick={() => setOpen('test')}>{t('test')}</Button>
          <Button onClick={() => setOpen('form')}>{t('edit')}</Button>
          <Popconfirm title={t('removeConfirm')} onConfirm={() => remove.mutate()}>
            <Button danger loading={remove.isPending}>
              {t('remove')}
            </Button>
          </Popconfirm>
        </>
      }
    >
      {error && <ProblemAlert error={error} />}
      <div className="channel-line">
        <span>{t(`kind.${channel.kind}`)}</span>
        <StateTag tone={channel.enabled ? 'good' : 'quiet'}>{t(channel.enabled ? 'on' : 'off')}</StateTag>
        {failed > 0 && <StateTag tone="hot">{`${t('state.failed')}: ${failed}`}</StateTag>}
      </div>
      <span className="muted">{t('lastDay', { delivered, waiting, failed })}</span>
      {open === 'form' && <ChannelForm channel={channel} onClose={() => setOpen(undefined)} />}
      {open === 'test' && <TestDialog channel={channel} onClose={() => setOpen(undefined)} />}
    </Panel>
  );
}
