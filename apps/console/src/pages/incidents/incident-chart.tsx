import type { IncidentDetail } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useRules } from '../../api/queries.js';
import { Panel } from '../../components/page.js';
import { Calm, QueryState } from '../../components/query-state.js';
import { ReadingsChart } from '../../components/readings-chart.js';
import { useText } from '../../lib/use-words.js';
import { useIncidentReadings } from './use-incident-readings.js';

/** The readings around the incident, with the levels of the rules. */
export default function IncidentChart({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation('desk');
  const text = useText();
  const rules = useRules();
  const { query, metricName, metric, range, nameOf } = useIncidentReadings(incident);
  if (!metricName) return null;
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
              nameOf={nameOf}
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
