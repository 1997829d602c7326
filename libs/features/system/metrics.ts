import { Gauge } from 'prom-client';

/** In the process that runs the jobs: what waits is the same for all, so one of them says it. */
export const systemMetrics = {
  tickets: new Gauge({
    name: 'sc_queue_tickets',
    help: 'Tickets in the job queue',
    labelNames: ['lane', 'state'] as const,
  }),
  jobs: new Gauge({
    name: 'sc_jobs',
    help: 'Jobs in PostgreSQL: due now, scheduled for later, dead',
    labelNames: ['lane', 'state'] as const,
  }),
  oldestDueSeconds: new Gauge({
    name: 'sc_jobs_oldest_due_seconds',
    help: 'How long the oldest due job has been waiting',
    labelNames: ['lane'] as const,
  }),
  outboxEvents: new Gauge({ name: 'sc_outbox_events', help: 'Events that no job was made of yet' }),
  outboxOldestSeconds: new Gauge({ name: 'sc_outbox_oldest_seconds', help: 'Age of the oldest of them' }),
  deadLetters: new Gauge({
    name: 'sc_dead_letters',
    help: 'Dead letters that were not replayed, by reason',
    labelNames: ['kind', 'reason'] as const,
  }),
  deadLettersLastHour: new Gauge({
    name: 'sc_dead_letters_last_hour',
    help: 'Those of the last hour',
    labelNames: ['kind', 'reason'] as const,
  }),
};
