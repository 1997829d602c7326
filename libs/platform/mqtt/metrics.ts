import { Counter, Gauge, Histogram } from 'prom-client';

/** In prom-client's global registry, which `/metrics` shows. */
export const mqttMetrics = {
  messages: new Counter({
    name: 'sc_mqtt_messages_total',
    help: 'Messages handled and acknowledged',
    labelNames: ['lane'] as const,
  }),
  batchSize: new Histogram({
    name: 'sc_mqtt_batch_messages',
    help: 'Messages per batch',
    buckets: [1, 10, 50, 100, 250, 500, 1000, 2000],
  }),
  batchSeconds: new Histogram({
    name: 'sc_mqtt_batch_seconds',
    help: 'Time from taking a batch to its acknowledgements',
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
  }),
  retries: new Counter({ name: 'sc_mqtt_batch_retries_total', help: 'Batches that had to be handled again' }),
  pendingMessages: new Gauge({ name: 'sc_mqtt_pending_messages', help: 'Messages that wait for their commit' }),
  pendingBytes: new Gauge({ name: 'sc_mqtt_pending_bytes', help: 'Bytes that wait for their commit' }),
  oldestPendingSeconds: new Gauge({
    name: 'sc_mqtt_oldest_pending_seconds',
    help: 'Age of the longest waiting message',
  }),
  connections: new Gauge({ name: 'sc_mqtt_sessions', help: 'Devices logged in' }),
  brokerConnected: new Gauge({
    name: 'sc_mqtt_broker_connected',
    help: 'Whether the connection to the external broker stands',
    labelNames: ['connection'] as const,
  }),
  brokerSessionsLost: new Counter({
    name: 'sc_mqtt_broker_sessions_lost_total',
    help: 'Times the external broker had forgotten our session, and with it what it held for us',
    labelNames: ['connection'] as const,
  }),
  ignored: new Counter({ name: 'sc_mqtt_ignored_total', help: 'Messages of bridges on topics that nobody reads' }),
  refused: new Counter({ name: 'sc_mqtt_refused_total', help: 'Refusals', labelNames: ['kind'] as const }),
};
