import type { DeadLetter } from '@sc/contracts';
import { App, Button, Select, Table, Tag } from 'antd';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { keys } from '../api/keys.js';
import { deadLettersQuery } from '../api/queries.js';
import { api } from '../api/resources.js';
import { useMay } from '../app/session.js';
import { SiteTime } from '../components/age.js';
import { LoadMore } from '../components/load-more.js';
import { Page } from '../components/page.js';
import { Calm, QueryState } from '../components/query-state.js';
import { useSiteTime } from '../lib/site-time.js';
import { useProblemText } from '../lib/use-words.js';

export function DeadLettersPage() {
  const { t } = useTranslation(['desk', 'words']);
  const [kind, setKind] = useState<DeadLetter['kind']>();
  const [params, setParams] = useSearchParams();
  const deviceId = params.get('device') ?? undefined;
  const query = useInfiniteQuery(deadLettersQuery({ kind, deviceId }));
  return (
    <Page
      title={t('deadLetters.title')}
      extra={
        <Select
          aria-label={t('deadLetters.filter')}
          style={{ width: 200 }}
          allowClear
          placeholder={t('deadLetters.anyKind')}
          value={kind}
          onChange={setKind}
          options={(['message', 'job'] as const).map((k) => ({ value: k, label: t(`words:deadLetterKind.${k}`) }))}
        />
      }
    >
      <div className="stack">
        <span className="muted">{t('deadLetters.about')}</span>
        {deviceId && (
          <div className="row-wrap">
            <Tag closable onClose={() => setParams({}, { replace: true })}>
              <Link to={`/devices/${deviceId}`}>{deviceId}</Link>
            </Tag>
          </div>
        )}
        <QueryState query={query}>
          {(data) => (
            <div className="panel">
              <DeadLetterTable items={data.pages.flatMap((p) => p.items)} />
              <LoadMore query={query} />
            </div>
          )}
        </QueryState>
      </div>
    </Page>
  );
}

/** Also on the device's page, there without the device column. */
export function DeadLetterTable({ items, ofDevice = false }: { items: DeadLetter[]; ofDevice?: boolean }) {
  const { t, i18n } = useTranslation(['desk', 'words']);
  const { format } = useSiteTime();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const mayReplay = useMay('admin');
  const replay = useMutation({
    mutationFn: api.replayDeadLetter,
    onSuccess: () => message.success(t('deadLetters.replayDone')),
    onError: (error) => message.error(problemText(error).line),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.allDeadLetters }),
  });
  const reasonText = (reason: string) =>
    i18n.exists(`rejectReason.${reason}`, { ns: 'words' })
      ? t(`words:rejectReason.${reason}` as 'words:rejectReason.not-json')
      : reason;
  return (
    <Table
      size="small"
      rowKey="id"
      pagination={false}
      scroll={{ x: ofDevice ? 560 : 1000 }}
      dataSource={items}
      locale={{
        emptyText: ofDevice ? (
          <span className="muted">{t('devices.noDeadLetters')}</span>
        ) : (
          <Calm good title={t('deadLetters.calm')} text={t('deadLetters.calmText')} />
        ),
      }}
      expandable={{
        expandedRowRender: (letter) => (
          <div className="stack">
            <span>{letter.detail}</span>
            <pre className="payload">{letter.payload}</pre>
            <span className="muted">
              {t('deadLetters.bytes', { count: letter.payloadBytes })}
              {letter.payloadBytes > 4096 && ` · ${t('deadLetters.cut')}`}
            </span>
          </div>
        ),
      }}
      columns={[
        { title: t('deadLetters.at'), width: 180, render: (_, l) => <SiteTime at={l.at} /> },
        ...(ofDevice
          ? []
          : [
              {
                title: t('deadLetters.kind'),
                width: 90,
                render: (_: unknown, l: DeadLetter) => t(`words:deadLetterKind.${l.kind}`),
              },
            ]),
        { title: t('deadLetters.reason'), width: 190, render: (_, l) => <Tag>{reasonText(l.reason)}</Tag> },
        { title: t('deadLetters.subject'), ellipsis: true, render: (_, l) => <code>{l.subject}</code> },
        ...(ofDevice
          ? []
          : [
              {
                title: t('deadLetters.device'),
                width: 200,
                ellipsis: true,
                render: (_: unknown, l: DeadLetter) =>
                  l.deviceId && <Link to={`/devices/${l.deviceId}`}>{l.deviceId}</Link>,
              },
            ]),
        {
          width: 170,
          align: 'right',
          render: (_, l) =>
            l.replayedAt ? (
              <span className="muted">{t('deadLetters.replayed', { time: format(l.replayedAt, 'minute') })}</span>
            ) : (
              mayReplay && (
                <Button
                  size="small"
                  loading={replay.isPending && replay.variables === l.id}
                  onClick={() => replay.mutate(l.id)}
                >
                  {t('deadLetters.replay')}
                </Button>
              )
            ),
        },
      ]}
    />
  );
}
