import { z } from 'zod';
import { areaIdSchema } from '../ids.js';
import { textSchema } from '../text.js';
import { positionSchema } from './common.js';

/** The duty grid 责任网格 (households, officers) and the cell grid 单元网格 (map) are two different things. */
export const areaKinds = ['district', 'street', 'community', 'duty-grid', 'cell-grid', 'building', 'room'] as const;
export const areaKindSchema = z.enum(areaKinds);
export type AreaKind = z.infer<typeof areaKindSchema>;

/** The outer ring, then holes; each closed: the last position is the first. */
const ringsSchema = z.array(z.array(positionSchema).min(4)).min(1);
export const shapeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: ringsSchema }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(ringsSchema).min(1) }),
]);
export type Shape = z.infer<typeof shapeSchema>;
/** Outer ring and holes. */
export type Rings = z.infer<typeof ringsSchema>;

/** One polygon, or each of several. */
export const polygonsOf = (shape: Shape): Rings[] =>
  shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;

export const areaSchema = z.object({
  id: areaIdSchema,
  kind: areaKindSchema,
  parentId: areaIdSchema.nullable(),
  /** Ids from the root down to this area itself. */
  path: z.array(areaIdSchema),
  name: textSchema,
  /** GeoJSON, WGS-84. */
  shape: shapeSchema.nullable(),
  households: z.number().int().min(0).nullable(),
});
export type Area = z.infer<typeof areaSchema>;

export const createAreaSchema = areaSchema.omit({ path: true });
export type CreateArea = z.infer<typeof createAreaSchema>;
export const updateAreaSchema = areaSchema.pick({ name: true, shape: true, households: true }).partial();
export type UpdateArea = z.infer<typeof updateAreaSchema>;

export const pointQuerySchema = z.object({
  longitude: z.coerce.number().min(-180).max(180),
  latitude: z.coerce.number().min(-90).max(90),
});
export type PointQuery = z.infer<typeof pointQuerySchema>;
/** Areas whose shape holds a point; at most one of each kind, unless shapes overlap. */
export const areasAtSchema = z.object({ items: z.array(areaSchema.pick({ id: true, kind: true, name: true })) });
export type AreasAt = z.infer<typeof areasAtSchema>;
