import { z } from 'zod';
import { deviceIdSchema, instantSchema, uuidSchema } from '../ids.js';

/** `pending`: being fetched · `failed`: the camera did not give it · `refused`: its address is not one we ask. */
export const pictureStateSchema = z.enum(['pending', 'stored', 'failed', 'refused']);
export type PictureState = z.infer<typeof pictureStateSchema>;

/** Where a picture is to be fetched: an address the camera told, or a detection that its bridge keeps. */
export const pictureSourceSchema = z.union([
  z.object({ kind: z.literal('url'), url: z.string() }),
  z.object({
    kind: z.literal('frigate'),
    bridgeId: deviceIdSchema,
    detection: z.string().nullable(),
    thumbnail: z.string().nullable(),
  }),
]);
export type PictureSource = z.infer<typeof pictureSourceSchema>;

/** What a camera saw. The picture itself is at `/pictures/{id}` while it is `stored`. */
export const pictureSchema = z.object({
  id: uuidSchema,
  deviceId: deviceIdSchema,
  state: pictureStateSchema,
  /** Why it is not there: a short stable word such as `host-not-allowed`, `timeout`, `status-404`. */
  reason: z.string().nullable(),
  takenAt: instantSchema,
});
export type Picture = z.infer<typeof pictureSchema>;
export const picturesSchema = z.object({ items: z.array(pictureSchema), nextCursor: z.null() });
export type Pictures = z.infer<typeof picturesSchema>;
