import { Counter, Gauge, Histogram } from 'prom-client';

/** From a commit to memory-backed disk up to one that waits for a store to come back. */
const commitBuckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

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
  databaseCommit: new Histogram({
    name: 'sc_ingest_database_seconds',
    help: 'Time of a batch in PostgreSQL: alarm changes, events, dead letters, commit',
    buckets: commitBuckets,
  }),
  timeSeriesCommit: new Histogram({
    name: 'sc_ingest_time_series_seconds',
    help: 'Time of a batch in the time-series store or its buffer, until it is on disk',
    buckets: commitBuckets,
  }),
  stalledSeconds: new Gauge({
    name: 'sc_mqtt_stalled_seconds',
    help: 'How long the running batch has been failing, and acknowledgements with it; 0 while batches succeed',
  }),
  bufferedReadings: new Gauge({
    name: 'sc_buffered_readings',
    help: 'Readings that wait on disk for the time-series store',
  }),
  bufferedBytes: new Gauge({ name: 'sc_buffered_bytes', help: 'Their size on disk' }),
};
