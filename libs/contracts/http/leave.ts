import { z } from 'zod';
import { areaIdSchema, instantSchema, uuidSchema } from '../ids.js';

/** Why somebody is away, and no more: what ails them is nobody's business here. */
export const leaveKinds = ['holiday', 'sick', 'training', 'other'] as const;
export const leaveKindSchema = z.enum(leaveKinds);
export type LeaveKind = z.infer<typeof leaveKindSchema>;

export const leaveSchema = z.object({
  id: uuidSchema,
  personId: uuidSchema,
  personName: z.string(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  /** `null` for who does not lead this person: that somebody is away is enough. */
  kind: leaveKindSchema.nullable(),
});
export type Leave = z.infer<typeof leaveSchema>;

const inOrder = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): boolean =>
  Date.parse(endsAt) > Date.parse(startsAt);

export const createLeaveSchema = z
  .object({ personId: uuidSchema, startsAt: instantSchema, endsAt: instantSchema, kind: leaveKindSchema })
  .refine(inOrder, 'ends before it begins');
export type CreateLeave = z.infer<typeof createLeaveSchema>;

/** A time in which nobody is left on duty where somebody was planned. */
export const uncoveredTimeSchema = z.object({ areaId: areaIdSchema, startsAt: instantSchema, endsAt: instantSchema });
export type UncoveredTime = z.infer<typeof uncoveredTimeSchema>;
export const addedLeaveSchema = z.object({
  id: uuidSchema,
  /** What this leave leaves open; at most 100 of them. */
  uncovered: z.array(uncoveredTimeSchema),
});
export type AddedLeave = z.infer<typeof addedLeaveSchema>;

/** Somebody stands in for somebody else: wherever the person is planned in that area, the substitute is on duty instead. */
export const overrideSchema = z.object({
  id: uuidSchema,
  areaId: areaIdSchema,
  personId: uuidSchema,
  personName: z.string(),
  substituteId: uuidSchema,
  substituteName: z.string(),
  startsAt: instantSchema,
  endsAt: instantSchema,
});
export type Override = z.infer<typeof overrideSchema>;

export const createOverrideSchema = z
  .object({
    areaId: areaIdSchema,
    personId: uuidSchema,
    substituteId: uuidSchema,
    startsAt: instantSchema,
    endsAt: instantSchema,
  })
  .refine(inOrder, 'ends before it begins');
export type CreateOverride = z.infer<typeof createOverrideSchema>;

/** Of people or areas within sight, as shifts are asked for. */
export const timeRangeQuerySchema = z.object({
  /** What ends after this moment; the present one when left out. */
  from: instantSchema.optional(),
  /** What begins before this moment. */
  to: instantSchema.optional(),
});
export type TimeRangeQuery = z.infer<typeof timeRangeQuerySchema>;
