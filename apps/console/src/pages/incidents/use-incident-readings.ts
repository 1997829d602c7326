import type { IncidentDetail } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { keys } from '../../api/keys.js';
import { useDomains } from '../../api/queries.js';
import { api } from '../../api/resources.js';

const before = 15 * 60_000;
const after = 30 * 60_000;

/** The metric that raised the first alarm, of every device of the incident, around the time it happened. */
export function useIncidentReadings(incident: IncidentDetail) {
  const domains = useDomains();
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
  const metric = metricName ? domains.find((d) => d.name === incident.domain)?.metrics[metricName] : undefined;
  const names = new Map(incident.alarms.map((a) => [a.deviceId, a.deviceName]));
  return { query, metricName, metric, range, nameOf: (id: string) => names.get(id) ?? id };
}
