import { z } from 'zod';
import { caseItemSchema } from './case.js';
import { slugSchema } from './ids.js';
import { retentionClassSchema } from './retention.js';
import { type Rule, ruleSchema } from './rule.js';
import { severitySchema } from './severity.js';
import { textSchema } from './text.js';

/** `access` · `fire` · `parking` · `sanitation` · `camera` · more to come: a domain is data, see libs/domains. */
export const domainNameSchema = slugSchema;
export type DomainName = z.infer<typeof domainNameSchema>;

export const metricSchema = z.object({
  type: z.enum(['number', 'boolean', 'string']),
  /** Another type that some devices send under this name: `occupied` is a count for a car park, a boolean for a bay. */
  alsoType: z.enum(['number', 'boolean', 'string']).optional(),
  /** Unit of measurement, part of the contract with devices; empty for booleans and counts. */
  unit: z.string(),
  /** Physically possible values; a reading outside is refused as `value-out-of-range`. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** Another metric of the device that it cannot exceed: a lot holds no more cars than its `capacity`. Refused as `value-out-of-range`. */
  atMost: z.string().min(1).max(64).optional(),
  /** Time between two readings of a device that reports it seldom, where that is known: a rule must not wait for more than come. */
  usualGapMs: z.number().int().positive().optional(),
  title: textSchema,
  /** How long its readings and their roll-ups are kept: see `retentionDays`. */
  retention: retentionClassSchema,
});
export type Metric = z.infer<typeof metricSchema>;

/** A kind of work as a domain brings it: an item of the catalogue, and of which alarms of the domain it is the one. */
export const workOrderTemplateSchema = caseItemSchema.extend({ severities: z.array(severitySchema).min(1) });
export type WorkOrderTemplate = z.infer<typeof workOrderTemplateSchema>;

/** Everything the platform knows about one kind of device: adding a domain is adding one of these. */
export const domainSchema = z
  .object({
    name: domainNameSchema,
    title: textSchema,
    /** Its messages travel in the life-safety lane: handled before everything else. */
    lifeSafety: z.boolean(),
    metrics: z.record(z.string(), metricSchema),
    events: z.record(z.string(), z.object({ title: textSchema })),
    rules: z.array(ruleSchema),
    workOrders: z.array(workOrderTemplateSchema).min(1),
  })
  .superRefine(({ rules, workOrders }, context) => {
    // A rule that names its kind of work needs no other.
    for (const { id, severity, workOrder } of rules.filter((rule) => !rule.workOrderCategory).flatMap(byLevel)) {
      const templates = workOrders.filter(({ severities }) => severities.includes(severity)).length;
      if (workOrder && templates !== 1)
        context.addIssue({
          code: 'custom',
          path: ['workOrders'],
          message: `${templates} templates for rule ${id} of severity ${severity}: needs one`,
        });
    }
  });

/** A rule whose severity comes with the event counts once for each severity it can have. */
function byLevel(rule: Rule): Pick<Rule, 'id' | 'severity' | 'workOrder'>[] {
  const levels = rule.condition.kind === 'event' ? rule.condition.levels : undefined;
  return levels ? Object.values(levels.of).map((level) => ({ id: rule.id, ...level })) : [rule];
}

export type Domain = z.infer<typeof domainSchema>;
