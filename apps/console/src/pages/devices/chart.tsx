import type { DeviceDetail } from '@sc/contracts';
import { ReloadOutlined } from '@ant-design/icons';
import { Button, Segmented, Select, Skeleton } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { useDomains, useRules } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { ExportButton } from '../../components/export/export-button.js';
import { Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { serverNow, useSiteTime } from '../../lib/site-time.js';
import { useDuration, useText } from '../../lib/use-words.js';
import { aggregateFor, rangeMs, ranges, windowOf, type Range } from './range.js';

const ReadingsChart = lazy(async () => ({
  default: (await import('../../components/readings-chart.js')).ReadingsChart,
}));

export function DeviceChart({ device }: { device: DeviceDetail }) {
  const { t } = useTranslation(['desk', 'app']);
  const text = useText();
  const duration = useDuration();
  const { format } = useSiteTime();
  const domain = useDomains().find((d) => d.name === device.domain);
  const allRules = useRules();
  const [range, setRange] = useState<Range>('hour');
  const [chosen, setChosen] = useState<string>();

  // Metrics that this device really sends come first; a catalogue entry it never sent is still offered.
  const names = useMemo(() => {
    const sent = device.lastReadings.map((r) => r.metric);
    return [...new Set([...sent, ...Object.keys(domain?.metrics ?? {})])];
  }, [device.lastReadings, domain]);
  const ruleMetrics = allRules.flatMap((r) => (r.condition.kind === 'threshold' ? [r.condition.metric] : []));
  const metricName = chosen ?? names.find((n) => ruleMetrics.includes(n)) ?? names[0];
  const metric = metricName ? domain?.metrics[metricName] : undefined;
  const rules = useMemo(
    () =>
      allRules.filter(
        (r) =>
          r.enabled &&
          r.domain === device.domain &&
          r.condition.kind === 'threshold' &&
          r.condition.metric === metricName,
      ),
    [allRules, device.domain, metricName],
  );
  const aggregate = aggregateFor(
    rules.flatMap((r) => (r.condition.kind === 'threshold' ? [r.condition.direction] : [])),
    metric?.type !== 'boolean',
  );
  const params = { deviceId: device.id, metric: metricName ?? '', range, aggregate };
  const query = useQuery({
    queryKey: keys.readings(params),
    queryFn: async (context) => {
      const to = serverNow();
      const from = to - rangeMs[range];
      const readings = await api.readings(
        {
          deviceId: device.id,
          metric: params.metric,
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          windowMs: windowOf[range],
          aggregate,
          limit: 10_000,
        },
        context,
      );
      return { ...readings, from, to };
    },
    enabled: metricName !== undefined && metric?.type !== 'string',
  });
  const metricChoices = names.map((n) => {
    const known = domain?.metrics[n];
    return { value: n, label: known ? text(known.title) : n };
  });
  const nameOf = useCallback(() => device.name, [device.name]);
  const window = windowOf[range];

  return (
    <Panel
      title={t('devices.chart')}
      extra={
        <>
          <Select
            aria-label={t('devices.metric')}
            style={{ minWidth: 150 }}
            value={metricName}
            onChange={setChosen}
            options={metricChoices}
          />
          <Segmented<Range>
            aria-label={t('devices.range')}
            value={range}
            onChange={setRange}
            options={ranges.map((r) => ({ value: r, label: t(`devices.${r}`) }))}
          />
          <Button
            icon={<ReloadOutlined />}
            aria-label={t('app:refresh')}
            loading={query.isFetching}
            onClick={() => void query.refetch()}
          />
          <ExportButton
            scope={{ deviceIds: [device.id], name: device.name, metrics: metricChoices, rangeMs: rangeMs[range] }}
          />
        </>
      }
    >
      {metric?.type === 'string' ? (
        <Calm title={t('devices.noChart')} />
      ) : metricName === undefined ? (
        <Calm title={t('devices.noReadings')} />
      ) : (
        <QueryState query={query}>
          {(data) => (
            <>
              {data.items.length === 0 ? (
                <div className="chart">
                  <Calm title={t('devices.chartEmpty')} />
                </div>
              ) : (
                <Suspense fallback={<Skeleton active className="chart" />}>
                  <ReadingsChart
                    label={t('devices.chartLabel', {
                      metric: metric ? text(metric.title) : metricName,
                      device: device.name,
                    })}
                    readings={data.items}
                    nameOf={nameOf}
                    metric={metricName}
                    unit={metric?.unit ?? ''}
                    bounds={metric}
                    rules={rules}
                    from={data.from}
                    to={data.to}
                    // A bay says whether it is taken under the name under which a car park counts.
                    boolean={metric?.type === 'boolean' || data.items.every(({ value }) => typeof value === 'boolean')}
                  />
                </Suspense>
              )}
              <div className="muted chart-foot">
                <span>{t('devices.asOf', { time: format(data.to, 'time') })}</span>
                {window && (
                  <span>
                    {t('devices.window', { time: duration(window), aggregate: t(`devices.aggregate.${aggregate}`) })}
                  </span>
                )}
                {data.truncated && <span>{t('devices.chartCut')}</span>}
              </div>
            </>
          )}
        </QueryState>
      )}
    </Panel>
  );
}
