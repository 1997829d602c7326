import { z } from 'zod';
import { areaIdSchema, instantSchema, uuidSchema } from '../ids.js';
import { timeOfDaySchema, timeZoneSchema } from '../wall-clock.js';

/** On the wall clock of the rotation's time zone; what ends before or when it begins ends on the next day. */
export const dutyHoursSchema = z.object({ from: timeOfDaySchema, to: timeOfDaySchema });
export type DutyHours = z.infer<typeof dutyHoursSchema>;
/** Of one day; none: a day off. */
const dayPlanSchema = z.array(dutyHoursSchema).max(4);

/**
 * `turns`: one member at a time, each for so many days, then the next, and from the start again.
 * `pattern`: each member goes through the same days, the next one `offsetDays` behind the one before: day, day, night, night, off, off.
 */
export const rotationPlanSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('turns'), turnDays: z.number().int().min(1).max(56), hours: dayPlanSchema.min(1) }),
  z.object({
    kind: z.literal('pattern'),
    days: z.array(dayPlanSchema).min(1).max(56),
    offsetDays: z.number().int().min(0).max(56),
  }),
]);
export type RotationPlan = z.infer<typeof rotationPlanSchema>;

const rotationFactsSchema = z.object({
  name: z.string().trim().min(1).max(120),
  areaId: areaIdSchema,
  timeZone: timeZoneSchema,
  firstDay: z.iso.date(),
  /** The last day on which a shift begins; none: for ever. */
  lastDay: z.iso.date().nullable(),
  /** In the order of their turns. */
  memberIds: z.array(uuidSchema).min(1).max(50),
  plan: rotationPlanSchema,
});
const daysInOrder = ({ firstDay, lastDay }: { firstDay: string; lastDay: string | null }): boolean =>
  lastDay === null || lastDay >= firstDay;

/** The same when it is changed: a rotation is short, and its parts only make sense together. */
export const saveRotationSchema = rotationFactsSchema.refine(daysInOrder, { path: ['lastDay'], error: 'ends early' });
export type SaveRotation = z.infer<typeof saveRotationSchema>;

export const rotationSchema = rotationFactsSchema.extend({
  id: uuidSchema,
  members: z.array(z.object({ id: uuidSchema, name: z.string(), active: z.boolean() })),
  /** Its shifts stand in the plan up to here; more follow by themselves. */
  plannedUntil: instantSchema,
});
export type Rotation = z.infer<typeof rotationSchema>;
