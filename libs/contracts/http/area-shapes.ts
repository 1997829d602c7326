import { z } from 'zod';
import { areaSchema, shapeSchema } from './areas.js';
import { positionSchema } from './common.js';
import { deviceSchema } from './devices.js';

/** What keeps a shape from being saved; the console says for each what to do. */
export const shapeIssueCodes = [
  'bad-geometry',
  'bad-position',
  'too-many-positions',
  'ring-open',
  'ring-short',
  'ring-crosses',
  'hole-outside',
  'outside-parent',
  'too-large',
  'too-small',
] as const;
export const shapeIssueSchema = z.object({
  code: z.enum(shapeIssueCodes),
  /** Where in the shape: `coordinates.0.3`. */
  path: z.string(),
  /** The corner that the path means, if it is one. */
  at: positionSchema.nullable(),
  value: z.string(),
});
export type ShapeIssue = z.infer<typeof shapeIssueSchema>;

/** Anything that somebody drew or pasted: what is wrong with it is the answer. */
export const checkAreaShapeSchema = z.object({ shape: z.record(z.string(), z.unknown()) });
export type CheckAreaShape = z.infer<typeof checkAreaShapeSchema>;

const mostStray = 20;
/** What saving the shape would mean. */
export const areaShapeCheckSchema = z.object({
  issues: z.array(shapeIssueSchema),
  /** As it would be kept: rounded to a millimetre, rings wound as RFC 7946 wants; null: it cannot be read. */
  shape: shapeSchema.nullable(),
  squareMetres: z.number(),
  corners: z.number().int(),
  /** Areas right below it with a corner outside of it. */
  strayAreas: z.array(areaSchema.pick({ id: true, name: true })).max(mostStray),
  /** Registered devices of the area that stand outside of it. */
  strayDevices: z.object({
    count: z.number().int(),
    items: z.array(deviceSchema.pick({ id: true, name: true })).max(mostStray),
  }),
});
export type AreaShapeCheck = z.infer<typeof areaShapeCheckSchema>;
