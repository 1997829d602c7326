import { z } from 'zod';
import { areaKinds } from '../http/areas.js';
import { slugSchema } from '../ids.js';
import { millisecondsSchema } from './common.js';

/** The device itself, or the nearest area of a kind that it is in; a device that is in none of that kind is a place by itself. */
export const withinKinds = ['device', ...areaKinds] as const;

/**
 * So many of several conditions at one place: smoke and heat of one device, two detectors of a building, a detector and a camera.
 * Each member is judged device by device and makes no alarm of its own. `simple` is the schema of all other kinds of condition.
 */
export const groupOf = <T extends z.ZodType>(simple: T) =>
  z
    .object({
      kind: z.literal('group'),
      members: z
        .array(
          z.object({
            id: slugSchema,
            /** Left out = the domain of the rule. */
            domain: slugSchema.optional(),
            condition: simple,
          }),
        )
        .min(1)
        .max(16),
      /** Raised when so many count at once; over when fewer do. */
      atLeast: z.number().int().min(1).max(32),
      /** What is counted: distinct devices, distinct members, or each member of each device. */
      counting: z.enum(['device', 'member', 'each']),
      within: z.enum(withinKinds),
      /** A member counts while it holds, and in any case for so long after it began. */
      windowMs: millisecondsSchema,
      /**
       * Left out: one alarm for the place, on the device of the rule's domain that completed it. With the id of a member: one on each device of which this member
       * holds and no other does, once enough count at the place: what begins next door while it burns here.
       */
      alarmOn: slugSchema.optional(),
    })
    .refine(({ members }) => new Set(members.map(({ id }) => id)).size === members.length, {
      path: ['members'],
      message: 'two members have one id: give each its own',
    })
    .refine(({ members, atLeast, counting }) => counting !== 'member' || atLeast <= members.length, {
      path: ['atLeast'],
      message: 'is more than there are members: lower it, add members, or count devices',
    })
    .refine(({ atLeast, counting, within }) => within !== 'device' || counting !== 'device' || atLeast === 1, {
      path: ['counting'],
      message: 'one device is never two: count members, or look within an area',
    })
    .refine(({ members, alarmOn }) => alarmOn === undefined || members.some(({ id }) => id === alarmOn), {
      path: ['alarmOn'],
      message: 'is not the id of a member',
    });
