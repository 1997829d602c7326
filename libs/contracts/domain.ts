import { z } from 'zod';
import { slugSchema } from './ids.js';
import { ruleSchema } from './rule.js';
import { textSchema } from './text.js';

/** `access` · `fire` · `parking` · `sanitation` · `camera` · more to come: a domain is data, see libs/domains. */
export const domainNameSchema = slugSchema;
export type DomainName = z.infer<typeof domainNameSchema>;

export const metricSchema = z.object({
  type: z.enum(['number', 'boolean', 'string']),
  /** Unit of measurement, part of the contract with devices; empty for booleans and counts. */
  unit: z.string(),
  /** Physically possible values; a reading outside is refused as `value-out-of-range`. */
  min: z.number().optional(),
  max: z.number().optional(),
  title: textSchema,
  /** How long readings of it are kept; older ones are refused as `too-old`. */
  retentionDays: z.number().int().positive(),
});
export type Metric = z.infer<typeof metricSchema>;

export const workOrderTemplateSchema = z.object({
  category: slugSchema,
  title: textSchema,
  /** What the officer is asked to do on arrival. */
  instructions: textSchema,
  /** Minutes until somebody must have accepted; after that the order goes up the chain. */
  acceptWithinSeconds: z.number().int().positive(),
  /** Whether a report needs at least one photo. */
  photoRequired: z.boolean(),
});
export type WorkOrderTemplate = z.infer<typeof workOrderTemplateSchema>;

/** Everything the platform knows about one kind of device: adding a domain is adding one of these. */
export const domainSchema = z.object({
  name: domainNameSchema,
  title: textSchema,
  /** Its messages travel in the life-safety lane: handled before everything else. */
  lifeSafety: z.boolean(),
  metrics: z.record(z.string(), metricSchema),
  events: z.record(z.string(), z.object({ title: textSchema })),
  rules: z.array(ruleSchema),
  workOrder: workOrderTemplateSchema,
});
export type Domain = z.infer<typeof domainSchema>;
