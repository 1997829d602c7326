import { z } from 'zod';

/** How long what a metric tells is worth keeping; named by what it is about. Every metric of a domain names one. */
export const retentionClassSchema = z.enum(['life-safety', 'environment', 'state', 'technical']);
export type RetentionClass = z.infer<typeof retentionClassSchema>;

export interface RetentionDays {
  /** Each reading; what arrives older than this is refused as `too-old`. */
  raw: number;
  /** Its roll-up by the minute. */
  minute: number;
  /** Its roll-up by the hour. */
  hour: number;
}

/** The only place that says how long telemetry is kept. What is finer never outlives what is coarser. */
export const retentionDays: Readonly<Record<RetentionClass, RetentionDays>> = {
  // A fire is investigated, and rules are back-tested, on what the sensor said: one winter and one summer of it at least.
  'life-safety': { raw: 365, minute: 3 * 365, hour: 10 * 365 },
  // Temperatures and fill levels are read second by second for days, as a curve for a season, as a trend for years.
  environment: { raw: 180, minute: 365, hour: 5 * 365 },
  // Doors, bays, leaks change seldom and are looked up singly: raw for as long as somebody may ask who or when.
  state: { raw: 365, minute: 365, hour: 5 * 365 },
  // Batteries and the like: the trend tells when to change them, the single reading is soon worth nothing.
  technical: { raw: 90, minute: 180, hour: 3 * 365 },
};

/** Of metrics that no domain describes. */
export const defaultRetentionClass: RetentionClass = 'state';
