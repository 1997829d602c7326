import { type DeviceDetail, type RuleView, severities } from '@sc/contracts';
import { Segmented, Select, Skeleton } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { alarmsWithinQuery, deviceRulesQuery, useDomains } from '../../../api/queries.js';
import { ExportButton } from '../../../components/export/export-button.js';
import { Panel } from '../../../components/page.js';
import { Calm, ProblemAlert } from '../../../components/query-state.js';
import { useSiteTime } from '../../../lib/site-time.js';
import { useText } from '../../../lib/use-words.js';
import { Compare } from './compare.js';
import { Foot } from './foot.js';
import { alignedTo } from './resolution.js';
import { ShownPoints } from './shown-points.js';
import { Toolbar } from './toolbar.js';
import { type Series, useSeries } from './use-series.js';
import { useView } from './use-view.js';
import '../../../styles/history.css';

const HistoryChart = lazy(async () => ({ default: (await import('./history-chart.js')).HistoryChart }));

const minute = 60_000;
const none: never[] = [];

/** What a device measured over time: close or wide, beside other times and devices, as a chart or a table. */
export function HistoryPanel({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation(['history', 'desk']);
  const text = useText();
  const { format } = useSiteTime();
  const state = useView();
  const { view, span, settled, now, show, change } = state;
  const rules = useQuery(deviceRulesQuery(device.id)).data?.items ?? none;
  const metrics = useMetrics(device, rules);
  const metric = view.metric ?? metrics[0]?.value;
  const main = useMemo(() => metric && { deviceId: device.id, metric, daysBack: 0 }, [device.id, metric]);
  const [second, third, fourth] = view.others;
  const series = [
    useSeries(main || undefined, settled, now),
    useSeries(main ? second : undefined, settled, now),
    useSeries(main ? third : undefined, settled, now),
    useSeries(main ? fourth : undefined, settled, now),
  ].filter((one): one is Series => one !== undefined);
  const asked = alignedTo(settled, minute);
  const alarms = useQuery(alarmsWithinQuery(device.id, asked.from, asked.to)).data?.items ?? none;
  const levels = useMemo(() => rules.filter(({ status }) => status.state === 'on'), [rules]);
  const [first] = series;
  const label = t('label', {
    series: series.map(({ name }) => name).join(', '),
    from: format(span.from),
    to: format(span.to),
  });
  const failed = series.find(({ query }) => query.error);
  const isEmpty = series.every(({ points }) => points.length === 0);
  const loading = series.some(({ query }) => query.isPending);
  return (
    <Panel
      title={t('title')}
      extra={
        <>
          <Select
            aria-label={t('desk:devices.metric')}
            className="history-metric"
            value={metric}
            onChange={(value) => change({ metric: value })}
            options={metrics}
          />
          <Segmented<'chart' | 'table'>
            aria-label={t('as')}
            value={view.table ? 'table' : 'chart'}
            onChange={(value) => change({ table: value === 'table' })}
            options={(['chart', 'table'] as const).map((value) => ({ value, label: t(value) }))}
          />
          <ExportButton
            scope={{
              deviceIds: [...new Set(series.map(({ ref }) => ref.deviceId))],
              name: device.name,
              metrics,
              shown: {
                metrics: [...new Set(series.map(({ ref }) => ref.metric))],
                from: Math.min(...series.map((one) => earliest(one, settled.from))),
                to: settled.to,
              },
              rangeMs: settled.to - settled.from,
            }}
          />
        </>
      }
    >
      {!metric ? (
        <Calm title={t('desk:devices.noReadings')} />
      ) : (
        <div className="stack">
          <Toolbar state={state} loading={series.some(({ query }) => query.isFetching)} />
          <Compare
            device={device}
            main={main || { deviceId: device.id, metric, daysBack: 0 }}
            series={series}
            others={view.others}
            metrics={metrics}
            onOthers={(others) => change({ others })}
          />
          {failed && <ProblemAlert error={failed.query.error} onRetry={() => void failed.query.refetch()} />}
          {view.table ? (
            <ShownPoints series={series} label={label} fileName={`${device.id.replace('/', '_')}_${metric}.csv`} />
          ) : loading && isEmpty ? (
            <Skeleton active className="chart" />
          ) : (
            <Suspense fallback={<Skeleton active className="chart" />}>
              <HistoryChart
                series={series}
                span={span}
                now={now}
                alarms={alarms}
                rules={levels}
                label={label}
                onSpan={show}
                onReset={() => change({ span: undefined })}
              />
            </Suspense>
          )}
          {isEmpty && !loading && !failed && (
            <p className="muted">{t(first?.words.length ? 'onlyWords' : 'nothing')}</p>
          )}
          <Foot series={series} span={settled} />
          {alarms.length > 0 && (
            <p className="muted history-alarms">
              {t('alarms', { count: alarms.length })}{' '}
              {alarms.slice(0, 5).map((alarm) => (
                <Link key={alarm.id} to={`/alarms/${alarm.id}`}>
                  {text(alarm.title)} · {format(alarm.raisedAt)}
                </Link>
              ))}
            </p>
          )}
        </div>
      )}
    </Panel>
  );
}

/** Days that lie over this one are earlier: an export of what is shown begins with them. */
const earliest = ({ ref }: Series, from: number): number => from - ref.daysBack * 86_400_000;

/** What the device really sends comes first, and of that what the gravest rule watches; what it never sent is still offered. */
function useMetrics(device: DeviceDetail, rules: readonly RuleView[]) {
  const text = useText();
  const domain = useDomains().find((d) => d.name === device.domain);
  return useMemo(() => {
    const rankOf = (metric: string): number =>
      Math.min(
        severities.length,
        ...rules
          .filter(({ condition }) => 'metric' in condition && condition.metric === metric)
          .map(({ severity }) => severities.indexOf(severity)),
      );
    const sent = device.lastReadings.map((r) => r.metric).toSorted((a, b) => rankOf(a) - rankOf(b));
    return [...new Set([...sent, ...Object.keys(domain?.metrics ?? {})])].map((name) => {
      const known = domain?.metrics[name];
      return { value: name, label: known ? text(known.title) : name };
    });
  }, [device.lastReadings, domain, rules, text]);
}
