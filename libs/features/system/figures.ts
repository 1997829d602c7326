import type { ProcessFigures, ProcessKind, Quantiles } from '@sc/contracts';
import type { MetricsWindow } from '@sc/platform/health';
import { lanes } from '@sc/platform/jobs';

type Own = Pick<ProcessFigures, 'process'>;
type Part = 'mqtt' | 'ingest' | 'queues' | 'http';

/** What a process does, so that zeros of others' metrics are not shown as its own. */
const partsOf: Record<ProcessKind, readonly Part[]> = {
  community: ['mqtt', 'ingest', 'queues', 'http'],
  sensing: ['mqtt', 'ingest'],
  dispatch: ['queues'],
  gateway: ['http'],
};

/** The metrics that figures are made of; each is registered somewhere (apps/community/src/metrics.spec.ts). */
export const watchedMetrics = [
  'sc_mqtt_sessions',
  'sc_mqtt_messages_total',
  'sc_mqtt_pending_messages',
  'sc_mqtt_pending_bytes',
  'sc_mqtt_oldest_pending_seconds',
  'sc_mqtt_batch_messages',
  'sc_mqtt_batch_seconds',
  'sc_mqtt_stalled_seconds',
  'sc_mqtt_batch_retries_total',
  'sc_ingest_database_seconds',
  'sc_ingest_time_series_seconds',
  'sc_readings_total',
  'sc_buffered_readings',
  'sc_buffered_bytes',
  'sc_rejected_total',
  'sc_queue_tickets',
  'sc_http_request_duration_seconds',
  'sc_live_streams',
] as const;

const mostReasons = 50;

export function figuresOf(kind: ProcessKind, window: MetricsWindow, own: Own): ProcessFigures {
  const has = (part: Part) => partsOf[kind].includes(part);
  return {
    ...own,
    windowSeconds: window.seconds,
    mqtt: has('mqtt') ? mqtt(window) : null,
    ingest: has('ingest') ? ingest(window) : null,
    queues: has('queues') ? queues(window) : null,
    http: has('http') ? http(window) : null,
  };
}

/** Gauges that are counts; a scrape between two steps of a change may show −1 for a moment. */
const whole = (value: number): number => Math.max(0, Math.round(value));

function mqtt(window: MetricsWindow): ProcessFigures['mqtt'] {
  return {
    sessions: whole(window.now('sc_mqtt_sessions')),
    messagesPerSecond: {
      lifeSafety: window.perSecond('sc_mqtt_messages_total', { lane: 'life-safety' }),
      normal: window.perSecond('sc_mqtt_messages_total', { lane: 'normal' }),
    },
    pendingMessages: whole(window.now('sc_mqtt_pending_messages')),
    pendingBytes: whole(window.now('sc_mqtt_pending_bytes')),
    oldestPendingSeconds: Math.max(0, window.now('sc_mqtt_oldest_pending_seconds')),
    batchMessages: wholes(window.quantiles('sc_mqtt_batch_messages')),
    batchSeconds: window.quantiles('sc_mqtt_batch_seconds'),
    stalledSeconds: Math.max(0, window.now('sc_mqtt_stalled_seconds')),
    retries: whole(window.rise('sc_mqtt_batch_retries_total')),
  };
}

/** Of messages there are no halves. */
const wholes = ({ count, p50, p99 }: Quantiles): Quantiles => ({
  count,
  p50: p50 === null ? null : Math.ceil(p50),
  p99: p99 === null ? null : Math.ceil(p99),
});

function ingest(window: MetricsWindow): ProcessFigures['ingest'] {
  const readings = (result: string) => window.perSecond('sc_readings_total', { result });
  return {
    databaseCommitSeconds: window.quantiles('sc_ingest_database_seconds'),
    timeSeriesCommitSeconds: window.quantiles('sc_ingest_time_series_seconds'),
    readingsPerSecond: {
      stored: readings('stored'),
      duplicate: readings('duplicate'),
      conflict: readings('conflict'),
      refused: readings('refused'),
    },
    bufferedReadings: whole(window.now('sc_buffered_readings')),
    bufferedBytes: whole(window.now('sc_buffered_bytes')),
    rejected: window
      .valuesOf('sc_rejected_total', 'reason')
      .map((reason) => ({ reason, count: whole(window.rise('sc_rejected_total', { reason })) }))
      .filter(({ count }) => count > 0)
      .slice(0, mostReasons),
  };
}

function queues(window: MetricsWindow): ProcessFigures['queues'] {
  return lanes.map((lane) => {
    const of = (state: string) => whole(window.now('sc_queue_tickets', { lane, state }));
    return { lane, waiting: of('waiting'), active: of('active'), delayed: of('delayed'), failed: of('failed') };
  });
}

function http(window: MetricsWindow): ProcessFigures['http'] {
  return {
    requestsPerSecond: window.perSecond('sc_http_request_duration_seconds_count'),
    requestSeconds: window.quantiles('sc_http_request_duration_seconds'),
    liveStreams: whole(window.now('sc_live_streams')),
  };
}
