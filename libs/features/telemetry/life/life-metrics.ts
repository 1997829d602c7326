import { Counter, Gauge, Histogram } from 'prom-client';

export const lifeMetrics = {
  rows: new Gauge({
    name: 'sc_time_series_rows',
    help: 'Raw readings and rows of roll-ups in the embedded store',
    labelNames: ['kind'] as const,
  }),
  bytes: new Gauge({
    name: 'sc_time_series_bytes',
    help: 'Size of the file of the embedded store with its log, what of it is in use, and the memory its engine keeps',
    labelNames: ['kind'] as const,
  }),
  bytesPerMillion: new Gauge({
    name: 'sc_time_series_bytes_per_million_readings',
    help: 'What is in use of the file per million raw readings, roll-ups included',
  }),
  diskBytes: new Gauge({
    name: 'sc_disk_bytes',
    help: 'Free space on the volume of DATA_DIR, and the reserve that readings never take',
    labelNames: ['kind'] as const,
  }),
  compacted: new Counter({ name: 'sc_compacted_readings_total', help: 'Readings put in order and rolled up' }),
  expired: new Counter({
    name: 'sc_expired_rows_total',
    help: 'Raw readings and rows of roll-ups deleted after their retention',
    labelNames: ['kind'] as const,
  }),
  steps: new Histogram({
    name: 'sc_upkeep_seconds',
    help: 'Time of one step of compaction or deletion',
    labelNames: ['step'] as const,
    buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
  }),
  failures: new Counter({ name: 'sc_upkeep_failures_total', help: 'Steps of compaction or deletion that failed' }),
};
