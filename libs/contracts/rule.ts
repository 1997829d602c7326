import { z } from 'zod';
import { conditionSchema } from './conditions/index.js';
import { areaIdSchema, deviceIdSchema, labelSchema, slugSchema } from './ids.js';
import { certaintySchema, severitySchema, urgencySchema } from './severity.js';
import { textSchema } from './text.js';
import { timeOfDaySchema } from './wall-clock.js';

/** Hours in which a rule raises, in the site's time zone. `to` before `from` runs over midnight; the days are those of `from`. */
export const activeHoursSchema = z
  .object({
    from: timeOfDaySchema,
    to: timeOfDaySchema,
    /** ISO weekdays, 1 Monday to 7 Sunday; left out = every day. */
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
  })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from `from`' });
export type ActiveHours = z.infer<typeof activeHoursSchema>;

/** Where a rule applies: to a device that is in one of the areas (or below), or is named, or bears one of the labels. */
export const appliesToSchema = z
  .object({
    areaIds: z.array(areaIdSchema).max(100).optional(),
    deviceIds: z.array(deviceIdSchema).max(1000).optional(),
    labels: z.array(labelSchema).max(32).optional(),
  })
  .refine((to) => Object.values(to).some((list) => list && list.length > 0), {
    message: 'names nothing: leave it out and the rule applies to every device of its domain',
  });
export type AppliesTo = z.infer<typeof appliesToSchema>;

/** When an alarm is raised and how much it matters. Rules are data: stored, versioned, switched by people. */
export const ruleSchema = z.object({
  id: slugSchema,
  version: z.number().int().positive(),
  domain: slugSchema,
  title: textSchema,
  /** What the operator reads under the alarm: what it means and what to do. */
  guidance: textSchema,
  condition: conditionSchema,
  /**
   * Outside of them nothing begins; what holds when they begin is raised then, what holds when they end stays until its
   * condition is over. Left out = always.
   */
  activeHours: activeHoursSchema.optional(),
  severity: severitySchema,
  urgency: urgencySchema,
  certainty: certaintySchema,
  /** Whether the alarm asks for a person: then it leads to a work order. */
  workOrder: z.boolean(),
  /** Kind of work its order is, where not the one that the domain has for this severity: a category of its work-order templates. */
  workOrderCategory: slugSchema.optional(),
  /** Left out = every device of the domain. */
  appliesTo: appliesToSchema.optional(),
  /** The alarm stays after its condition is over until a person has acknowledged it then (OPC UA Part 9: latched). */
  latching: z.boolean().optional(),
  /** Of one device only the gravest alarm of a group is shown; the others are suppressed by design while it stands. */
  suppressionGroup: slugSchema.optional(),
  enabled: z.boolean(),
  /** Where the level comes from: a standard, a measurement, a manual. */
  source: textSchema,
});
export type Rule = z.infer<typeof ruleSchema>;
