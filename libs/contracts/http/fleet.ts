import { z } from 'zod';
import { signalMetrics } from '../device-vitals.js';
import { domainNameSchema } from '../domain.js';
import { areaIdSchema, deviceIdSchema, instantSchema } from '../ids.js';
import { textSchema } from '../text.js';
import { pageQuerySchema } from './common.js';

/** What can be wrong with a device itself, whatever it watches. One device may have several. */
export const fleetProblems = [
  'silent',
  'flapping',
  'low-battery',
  'weak-signal',
  'never-seen',
  'clock-wrong',
  'dead-letters',
  'out-of-service',
] as const;
export const fleetProblemSchema = z.enum(fleetProblems);
export type FleetProblem = z.infer<typeof fleetProblemSchema>;

const minute = 60_000;

/** What the problems mean in numbers; the console says them, the queries ask by them. */
export const fleetLimits = {
  /** How far back losses of the connection and dead letters are counted: a day, so that what happens every night is in it once. */
  withinMs: 24 * 60 * minute,
  /**
   * Flapping: the connection was lost at least so often. A nightly reconnect, a power cut and a start of the platform cost one each;
   * EEMUA 191 calls an alarm chattering from the third time on, and these are those on top.
   */
  losses: 5,
  /** Dead letters of one device; a single bad message now and then is no broken device. */
  deadLetters: 10,
  /** Offline for so long is silent: EN 54-25 has a lost radio link signalled within 300 s, as long again is left to heal. */
  offlineMs: 10 * minute,
  /** Silent also where no rule listens. */
  quietMs: 24 * 60 * minute,
} as const;

/** Devices with this label connect only to report and sleep in between: being offline says nothing about them. */
export const sleepingLabel = 'sleeps';

/** What a device told last about itself; null: it never did. */
export const deviceVitalsSchema = z.object({
  battery: z.object({ percent: z.number(), at: instantSchema }).nullable(),
  signal: z
    .object({ metric: z.enum(signalMetrics), value: z.number(), percent: z.number(), at: instantSchema })
    .nullable(),
  /** How far its time is behind ours, as long as all that it sends is; null: it is right, or nothing was heard. */
  clockBehindSeconds: z.number().int().nullable(),
});

export const fleetDeviceSchema = z.object({
  id: deviceIdSchema,
  name: z.string(),
  domain: domainNameSchema,
  areaId: areaIdSchema,
  areaName: textSchema,
  placement: z.string().nullable(),
  connection: z.enum(['online', 'offline', 'never-seen']),
  lastSeenAt: instantSchema.nullable(),
  ...deviceVitalsSchema.shape,
  /** How often its connection was lost within `fleetLimits.withinMs`, and when last. */
  losses: z.number().int(),
  lastLossAt: instantSchema.nullable(),
  /** Within the same time. */
  deadLetters: z.number().int(),
  outOfServiceSince: instantSchema.nullable(),
  problems: z.array(fleetProblemSchema),
});
export type FleetDevice = z.infer<typeof fleetDeviceSchema>;

/** `well`: without any problem. */
const countsSchema = z.object({
  devices: z.number().int(),
  well: z.number().int(),
  problems: z.record(fleetProblemSchema, z.number().int()),
});
export type FleetCounts = z.infer<typeof countsSchema>;

export const fleetSchema = z.object({
  asOf: instantSchema,
  counts: countsSchema,
  /** By duty grid; `null`: in none. */
  grids: z.array(countsSchema.extend({ gridId: areaIdSchema.nullable(), gridName: textSchema.nullable() })),
  /** By kind of device. */
  domains: z.array(countsSchema.extend({ domain: domainNameSchema })),
  items: z.array(fleetDeviceSchema),
  nextCursor: z.string().nullable(),
});
export type Fleet = z.infer<typeof fleetSchema>;

/** `worst`: most problems first; the others begin with what is worst in their way. */
export const fleetSorts = ['worst', 'name', 'last-seen', 'battery', 'signal', 'losses', 'dead-letters'] as const;
export const fleetQuerySchema = pageQuerySchema.extend({
  areaId: areaIdSchema.optional(),
  domain: domainNameSchema.optional(),
  q: z.string().max(120).optional(),
  /** Which devices are listed; the counts are of all that the other filters leave. */
  problem: z.enum([...fleetProblems, 'any', 'none']).optional(),
  sort: z.enum(fleetSorts).default('worst'),
});
export type FleetQuery = z.infer<typeof fleetQuerySchema>;
