import type { IncidentDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { useDomains, useRules } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { Panel } from '../../components/page.js';
import { QueryState, Calm } from '../../components/query-state.js';
import { ReadingsChart } from '../../components/readings-chart.js';
import { useText } from '../../lib/use-words.js';

const before = 15 * 60_000;
const after = 30 * 60_000;

/** The metric that raised the first alarm, for every device of the incident, around the time it happened. */
export default function IncidentChart({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation('desk');
  const text = useText();
  const domains = useDomains();
  const rules = useRules();
  const metricName = incident.alarms.map((a) => a.cause['metric']).find((m): m is string => typeof m === 'string');
  const deviceIds = [...new Set(incident.alarms.map((a) => a.deviceId))].slice(0, 20);
  const opened = Date.parse(incident.openedAt);
  const last = Math.max(opened, ...incident.alarms.map((a) => Date.parse(a.lastSeenAt)));
  const range = { from: opened - before, to: last + after };
  const params = {
    deviceId: deviceIds.join(','),
    metric: metricName ?? '',
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    limit: 10_000,
  };
  const query = useQuery({
    queryKey: keys.readings(params),
    queryFn: (c) => api.readings(params, c),
    enabled: metricName !== undefined,
  });
  if (!metricName) return null;
  const metric = domains.find((d) => d.name === incident.domain)?.metrics[metricName];
  const names = new Map(incident.alarms.map((a) => [a.deviceId, a.deviceName]));
  return (
    <Panel title={`${t('incident.chart')} · ${metric ? text(metric.title) : metricName}`}>
      <QueryState query={query}>
        {(data) =>
          data.items.length === 0 ? (
            <Calm title={t('devices.chartEmpty')} />
          ) : (
            <ReadingsChart
              label={t('incident.chart')}
              readings={data.items}
              nameOf={(id) => names.get(id) ?? id}
              unit={metric?.unit ?? ''}
              bounds={metric}
              boolean={metric?.type === 'boolean'}
              rules={rules.filter((r) => r.domain === incident.domain && r.enabled)}
              metric={metricName}
              from={range.from}
              to={range.to}
            />
          )
        }
      </QueryState>
    </Panel>
  );
}
