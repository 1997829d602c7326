import { z } from 'zod';
import { areaKindSchema, shapeSchema } from './areas.js';
import { importMarks } from './imports.js';

/** Maps of mainland China are drawn in GCJ-02, those of Baidu in BD-09: hundreds of metres beside what a satellite says. Nobody can tell by looking at the numbers. */
export const coordinateSystems = ['wgs-84', 'gcj-02', 'bd-09'] as const;
export const coordinateSystemSchema = z.enum(coordinateSystems);
export type CoordinateSystem = z.infer<typeof coordinateSystemSchema>;

export const geoImportQuerySchema = z.object({
  /** What the coordinates of the file are in; never guessed. */
  crs: coordinateSystemSchema,
  preview: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});
export type GeoImportQuery = z.infer<typeof geoImportQuerySchema>;

/** Why a feature or a file cannot be used; the console translates each and says what to do. */
export const geoErrorCodes = [
  'not-json',
  'not-a-collection',
  'no-features',
  'too-many-features',
  'too-many-positions',
  'other-system',
  'not-a-feature',
  'bad-geometry',
  'bad-position',
  'ring-open',
  'ring-short',
  'ring-crosses',
  'hole-outside',
  'required',
  'too-long',
  'duplicate',
  'bad-id',
  'bad-kind',
  'bad-number',
  'unknown-parent',
  'wrong-level',
  'place-fixed',
  'outside-area',
] as const;
/** What should be looked at and keeps nothing from being done. */
export const geoWarningCodes = ['outside-parent', 'not-in-china'] as const;

const whereSchema = {
  /** Place in the file, from 0; -1 for the file as a whole. */
  feature: z.number().int(),
  /** Where in the feature: `properties.kind`, `geometry.coordinates.0.3`. */
  path: z.string(),
  value: z.string(),
};
export const geoErrorSchema = z.object({ ...whereSchema, code: z.enum(geoErrorCodes) });
export type GeoError = z.infer<typeof geoErrorSchema>;
export type GeoErrorCode = GeoError['code'];
export const geoWarningSchema = z.object({ ...whereSchema, code: z.enum(geoWarningCodes) });
export type GeoWarning = z.infer<typeof geoWarningSchema>;

export const geoFields = ['name', 'nameEn', 'households', 'shape'] as const;
export const geoRowSchema = z.object({
  feature: z.number().int(),
  id: z.string(),
  kind: areaKindSchema,
  name: z.string(),
  mark: z.enum(importMarks),
  /** Of one that is there already: what becomes different. */
  changes: z.array(z.enum(geoFields)),
  /** As it will be, in WGS-84. */
  shape: shapeSchema.nullable(),
});
export type GeoRow = z.infer<typeof geoRowSchema>;

export const geoImportResultSchema = z.object({
  applied: z.boolean(),
  rows: z.array(geoRowSchema),
  /** At most 1,000; with any of them nothing is applied. */
  errors: z.array(geoErrorSchema),
  /** At most 1,000. */
  warnings: z.array(geoWarningSchema),
});
export type GeoImportResult = z.infer<typeof geoImportResultSchema>;

/** Areas as a file of their own; it can be imported again as it is. */
export const areaCollectionSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      geometry: shapeSchema.nullable(),
      properties: z.object({
        id: z.string(),
        kind: areaKindSchema,
        parentId: z.string().nullable(),
        name: z.string(),
        nameEn: z.string(),
        households: z.number().int().nullable(),
      }),
    }),
  ),
});
export type AreaCollection = z.infer<typeof areaCollectionSchema>;
