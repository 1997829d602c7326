import { z } from 'zod';
import { areaIdSchema, instantSchema } from '../ids.js';

/** As many as one officer can know; more households want a second duty grid. */
export const mostHouseholds = 400;
/** How far ahead a plan is looked at. */
export const warningDays = 7;

const timeSchema = z.object({ startsAt: instantSchema, endsAt: instantSchema });
export const directoryWarningSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('too-many-households'), areaId: areaIdSchema, households: z.number().int() }),
  z.object({
    code: z.literal('nobody-on-shift'),
    areaId: areaIdSchema,
    /** At this moment, or within the next 24 hours; otherwise later within the week. */
    urgency: z.enum(['now', 'day', 'week']),
    /** The next times without an officer; at most 20. */
    gaps: z.array(timeSchema),
    gapMinutes: z.number().int(),
  }),
]);
export type DirectoryWarning = z.infer<typeof directoryWarningSchema>;

export const directoryWarningsSchema = z.object({
  /** The most pressing first. */
  items: z.array(directoryWarningSchema),
  checkedAt: instantSchema,
  checkedUntil: instantSchema,
});
export type DirectoryWarnings = z.infer<typeof directoryWarningsSchema>;
