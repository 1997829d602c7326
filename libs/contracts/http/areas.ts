import { z } from 'zod';
import { areaIdSchema } from '../ids.js';
import { textSchema } from '../text.js';
import { positionSchema } from './common.js';

/** The duty grid 责任网格 (households, officers) and the cell grid 单元网格 (map) are two different things. */
export const areaKinds = ['district', 'street', 'community', 'duty-grid', 'cell-grid', 'building', 'room'] as const;
export const areaKindSchema = z.enum(areaKinds);
export type AreaKind = z.infer<typeof areaKindSchema>;

export const shapeSchema = z.object({
  type: z.literal('Polygon'),
  coordinates: z.array(z.array(positionSchema).min(4)).min(1),
});
export type Shape = z.infer<typeof shapeSchema>;

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
