import { type ProcessFigures, type ProcessReport, type System, systemSchema } from '@sc/contracts';

const figures: ProcessFigures = {
  windowSeconds: 60,
  process: {
    rssBytes: 412_000_000,
    heapUsedBytes: 164_000_000,
    heapLimitBytes: 4_345_000_000,
    cpuCores: 0.42,
    loopDelayP99Seconds: 0.012,
    loopDelayMaxSeconds: 0.09,
  },
  mqtt: {
    sessions: 1284,
    messagesPerSecond: { lifeSafety: 0.4, normal: 812.5 },
    pendingMessages: 14,
    pendingBytes: 6200,
    oldestPendingSeconds: 0.018,
    batchMessages: { count: 5200, p50: 7, p99: 212 },
    batchSeconds: { count: 5200, p50: 0.004, p99: 0.034 },
    stalledSeconds: 0,
    retries: 0,
  },
  ingest: {
    databaseCommitSeconds: { count: 5200, p50: 0.0012, p99: 0.009 },
    timeSeriesCommitSeconds: { count: 5200, p50: 0.0021, p99: 0.022 },
    readingsPerSecond: { stored: 2437.6, duplicate: 3.2, conflict: 0, refused: 0 },
    bufferedReadings: 0,
    bufferedBytes: 0,
    rejected: [],
  },
  queues: [
    { lane: 'default', waiting: 0, active: 1, delayed: 12, failed: 0 },
    { lane: 'outside', waiting: 0, active: 0, delayed: 0, failed: 0 },
  ],
  http: { requestsPerSecond: 4.2, requestSeconds: { count: 250, p50: 0.004, p99: 0.06 }, liveStreams: 3 },
};
const calmBacklog: System['backlog'] = {
  jobs: [
    { lane: 'default', due: 0, scheduled: 12, dead: 0, oldestDueSeconds: null },
    { lane: 'outside', due: 0, scheduled: 0, dead: 0, oldestDueSeconds: null },
  ],
  outbox: { events: 0, oldestSeconds: null },
  deadLetters: [],
};
const id = (n: number): string => `00000000-0000-4000-8000-${(9000 + n).toString().padStart(12, '0')}`;

function process(now: number, n: number, kind: ProcessReport['kind'], change: Partial<ProcessReport>): ProcessReport {
  const ageSeconds = change.ageSeconds ?? 2.4;
  return {
    instance: id(n),
    kind,
    host: `node-${n}`,
    version: '0.1.0',
    startedAt: new Date(now - 3 * 86_400_000).toISOString(),
    reportedAt: new Date(now - ageSeconds * 1000).toISOString(),
    ageSeconds,
    state: 'reporting',
    health: { status: 'ok', checks: { database: { status: 'up' } } },
    figures: null,
    ...change,
  };
}

/** One process, and nothing that waits. */
export const aCalmSystem = (now: number): System =>
  systemSchema.parse({
    at: new Date(now).toISOString(),
    processes: [process(now, 1, 'community', { figures })],
    missing: [],
    backlog: calmBacklog,
  });

/** Several processes on a bad day: the store of readings is away, one dispatch fell silent, one never came. */
export const aTroubledSystem = (now: number): System =>
  systemSchema.parse({
    at: new Date(now).toISOString(),
    processes: [
      process(now, 1, 'sensing', {
        host: 'smart-community-sensing-7c9d8f6b54-x2x4q',
        health: {
          status: 'degraded',
          checks: {
            database: { status: 'up' },
            mqtt: { status: 'up' },
            'time-series': { status: 'down', detail: 'buffering' },
          },
        },
        figures: {
          ...figures,
          queues: null,
          http: null,
          mqtt: { ...figures.mqtt!, oldestPendingSeconds: 12.4, retries: 3 },
          ingest: {
            ...figures.ingest!,
            timeSeriesCommitSeconds: { count: 900, p50: 0.31, p99: 4.2 },
            bufferedReadings: 184_220,
            bufferedBytes: 21_400_000,
            rejected: [{ reason: 'not-json', count: 41 }],
          },
        },
      }),
      process(now, 2, 'dispatch', {
        state: 'silent',
        ageSeconds: 95,
        figures: { ...figures, mqtt: null, ingest: null, http: null },
      }),
      process(now, 3, 'gateway', { version: '0.2.0', figures: null }),
    ],
    missing: [],
    backlog: {
      jobs: [
        { lane: 'default', due: 48, scheduled: 12, dead: 0, oldestDueSeconds: 94 },
        { lane: 'outside', due: 3, scheduled: 2, dead: 2, oldestDueSeconds: 130 },
      ],
      outbox: { events: 61, oldestSeconds: 95 },
      deadLetters: [
        { kind: 'message', reason: 'not-json', total: 1204, lastHour: 41 },
        { kind: 'message', reason: 'value-out-of-range', total: 12, lastHour: 0 },
        { kind: 'job', reason: 'WebhookRefusedError', total: 2, lastHour: 0 },
      ],
    },
  });
