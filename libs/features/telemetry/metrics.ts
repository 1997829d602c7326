import { Counter } from 'prom-client';

export const telemetryMetrics = {
  readings: new Counter({
    name: 'sc_readings_total',
    help: 'Readings by what became of them',
    labelNames: ['result'] as const,
  }),
  events: new Counter({ name: 'sc_device_events_total', help: 'Events of devices' }),
  bridgeIgnored: new Counter({
    name: 'sc_bridge_ignored_total',
    help: 'Messages of bridges that nobody reads: other topics, cameras that are not registered',
  }),
  leftOut: new Counter({
    name: 'sc_left_out_total',
    help: 'Changes that PostgreSQL refuses for good: a person must look',
  }),
  rejected: new Counter({
    name: 'sc_rejected_total',
    help: 'Messages or parts of them that could not be used',
    labelNames: ['reason'] as const,
  }),
};
