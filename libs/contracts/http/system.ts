import { z } from 'zod';
import { instantSchema, uuidSchema } from '../ids.js';
import { healthSchema } from './operations.js';

export const processKinds = ['community', 'sensing', 'dispatch', 'gateway'] as const;
export const processKindSchema = z.enum(processKinds);
export type ProcessKind = z.infer<typeof processKindSchema>;

const count = z.number().int().min(0);
const amount = z.number().min(0);

/** Of what was measured within the window; null where nothing was. */
export const quantilesSchema = z.object({ count, p50: amount.nullable(), p99: amount.nullable() });
export type Quantiles = z.infer<typeof quantilesSchema>;

/** What a process measured of itself. Rates and quantiles are of the last `windowSeconds`, never since the start. */
export const processFiguresSchema = z.object({
  windowSeconds: amount,
  process: z.object({
    rssBytes: count,
    heapUsedBytes: count,
    heapLimitBytes: count,
    /** Cores kept busy. */
    cpuCores: amount,
    /** How late the event loop came to its work. */
    loopDelayP99Seconds: amount,
    loopDelayMaxSeconds: amount,
  }),
  /** Null in a process that takes no messages in; the same for the parts below. */
  mqtt: z
    .object({
      sessions: count,
      messagesPerSecond: z.object({ lifeSafety: amount, normal: amount }),
      pendingMessages: count,
      pendingBytes: count,
      oldestPendingSeconds: amount,
      batchMessages: quantilesSchema,
      /** From taking a batch to its acknowledgements. */
      batchSeconds: quantilesSchema,
      /** 0 while batches succeed. */
      stalledSeconds: amount,
      retries: count,
    })
    .nullable(),
  ingest: z
    .object({
      databaseCommitSeconds: quantilesSchema,
      timeSeriesCommitSeconds: quantilesSchema,
      readingsPerSecond: z.object({ stored: amount, duplicate: amount, conflict: amount, refused: amount }),
      bufferedReadings: count,
      bufferedBytes: count,
      /** Messages or parts of them that could not be used, by reason. */
      rejected: z.array(z.object({ reason: z.string(), count })).max(50),
    })
    .nullable(),
  /** Tickets in the job queue itself. */
  queues: z
    .array(z.object({ lane: z.string(), waiting: count, active: count, delayed: count, failed: count }))
    .max(10)
    .nullable(),
  http: z.object({ requestsPerSecond: amount, requestSeconds: quantilesSchema, liveStreams: count }).nullable(),
});
export type ProcessFigures = z.infer<typeof processFiguresSchema>;

export const processReportSchema = z.object({
  instance: uuidSchema,
  kind: processKindSchema,
  host: z.string(),
  version: z.string(),
  startedAt: instantSchema,
  reportedAt: instantSchema,
  /** By the clock of the database, so that clocks that differ do not matter. */
  ageSeconds: amount,
  /** `silent`: no report for longer than three are apart; nobody knows how it is. `stopped`: it was ended in order. */
  state: z.enum(['reporting', 'silent', 'stopped']),
  /** As of `reportedAt`; null when another version wrote something this one cannot read. */
  health: healthSchema.nullable(),
  figures: processFiguresSchema.nullable(),
});
export type ProcessReport = z.infer<typeof processReportSchema>;

/** What waits in PostgreSQL, for everybody together. Counts end at {@link backlogLimit}. */
export const backlogSchema = z.object({
  jobs: z.array(
    z.object({
      lane: z.string(),
      /** Should have run by now. */
      due: count,
      /** For later: deadlines, retries. */
      scheduled: count,
      dead: count,
      oldestDueSeconds: amount.nullable(),
    }),
  ),
  /** Events that no job was made of yet. */
  outbox: z.object({ events: count, oldestSeconds: amount.nullable() }),
  deadLetters: z.array(
    z.object({ kind: z.enum(['message', 'job']), reason: z.string(), total: count, lastHour: count }),
  ),
});
export type Backlog = z.infer<typeof backlogSchema>;
export const backlogLimit = 100_000;

export const systemSchema = z.object({
  at: instantSchema,
  processes: z.array(processReportSchema),
  /** Kinds this deployment needs of which no process has ever reported. */
  missing: z.array(processKindSchema),
  backlog: backlogSchema,
});
export type System = z.infer<typeof systemSchema>;

/** What a wallboard says of the platform: without machines, versions and figures, which are for administrators. */
export const systemPulseSchema = z.object({
  at: instantSchema,
  troubles: z
    .array(
      z.object({
        kind: processKindSchema,
        /** `missing`: no process of this kind has ever reported; `stopped`: the last of its kind was ended. */
        what: z.enum(['missing', 'silent', 'stopped', 'check']),
        /** What fails, where a process says so itself. */
        check: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    )
    .max(50),
  /** How late the platform is with what it should have done: alarms to orders, orders to people. */
  lateSeconds: amount,
});
export type SystemPulse = z.infer<typeof systemPulseSchema>;
