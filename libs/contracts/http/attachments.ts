import { z } from 'zod';
import { instantSchema, uuidSchema } from '../ids.js';
import { positionSchema } from './common.js';

/** What an attachment shows: how it was, how it is now, anything else, or what somebody says. */
export const attachmentKinds = ['before', 'after', 'other', 'voice'] as const;
export const attachmentKindSchema = z.enum(attachmentKinds);
export type AttachmentKind = z.infer<typeof attachmentKindSchema>;

export const attachmentSchema = z.object({
  id: uuidSchema,
  kind: attachmentKindSchema,
  mediaType: z.string(),
  bytes: z.number().int(),
  /** Of the kept bytes; stays when the file has expired. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  uploadedAt: instantSchema,
  /** Null: a resident. */
  uploadedBy: z.string().nullable(),
  /** When and where it was made, as the app of whoever made it says; shown with the picture, never burnt into it. */
  takenAt: instantSchema.nullable(),
  position: positionSchema.nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  durationMs: z.number().int().nullable(),
  /** Its time is over and the file is gone; what it was stays known. */
  expiredAt: instantSchema.nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

const blankIsAbsent = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/**
 * Form fields beside the file; they stand before it. `requestId` makes a repeated upload (bad network) the same upload.
 * The kind `voice` is read from the content: it need not be said.
 */
export const attachmentFieldsSchema = z
  .object({
    requestId: blankIsAbsent(z.string().min(8).max(64)),
    kind: blankIsAbsent(attachmentKindSchema),
    takenAt: blankIsAbsent(instantSchema),
    longitude: blankIsAbsent(z.coerce.number().min(-180).max(180)),
    latitude: blankIsAbsent(z.coerce.number().min(-90).max(90)),
  })
  .refine(({ longitude, latitude }) => (longitude === undefined) === (latitude === undefined), {
    path: ['latitude'],
    message: 'longitude and latitude are given together',
  });
export type AttachmentFields = z.infer<typeof attachmentFieldsSchema>;
