import { z } from 'zod';

/** Ids, cameras: Frigate's own alphabet. */
const id = z.string().regex(/^[A-Za-z0-9._-]{1,80}$/);
const camera = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
/** Seconds since the epoch, with a fraction. */
const seconds = z.number().min(0).max(8_640_000_000_000);

/** Names that people gave: kept as they are if they can be kept at all, and only so many. */
const names = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? [...new Set(value.flatMap(nameOf))].slice(0, 32) : []));
const name = z
  .unknown()
  .optional()
  .transform((value) => nameOf(value)[0]);
const count = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? Math.min(value.length, 1000) : 0));
const ids = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? value.filter((one): one is string => id.safeParse(one).success) : []))
  .transform((value) => value.slice(0, 20));

function nameOf(value: unknown): string[] {
  if (typeof value !== 'string' || value.length > 64 || !value.isWellFormed()) return [];
  // "person-verified": a face was recognised. Who it was is nobody's business here, and rules are about persons.
  const plain = value.trim().replace(/-verified$/, '');
  return plain === '' || /\p{Cc}/u.test(plain) ? [] : [plain];
}

const reviewSchema = z.object({
  id,
  camera,
  start_time: seconds,
  end_time: seconds.nullish(),
  severity: name,
  thumb_path: z.string().max(500).nullish().catch(null),
  data: z
    .object({ detections: ids, objects: names, sub_labels: count, zones: names, audio: names })
    .catch({ detections: [], objects: [], sub_labels: 0, zones: [], audio: [] }),
});
/** A review item. Versions differ: what is not needed may be missing, what is not known is left alone. */
export type FrigateReview = z.infer<typeof reviewSchema>;
export const frigateReviewSchema = reviewSchema;

/** `frigate/reviews`. `before` only serves to see whether something changed. */
export const reviewMessageSchema = z.object({
  type: z.string(),
  before: reviewSchema.nullish().catch(null),
  after: reviewSchema,
});

const objectSchema = z.object({
  id,
  camera,
  frame_time: seconds.nullish(),
  start_time: seconds,
  label: name,
  score: z.number().nullish().catch(null),
  top_score: z.number().nullish().catch(null),
  false_positive: z.boolean().nullish().catch(null),
  entered_zones: names,
});

/** `frigate/events`: one tracked object. Faces, plates and names of persons are not even read. */
export const objectMessageSchema = z.object({
  type: z.string(),
  before: objectSchema.nullish().catch(null),
  after: objectSchema,
});
export type ObjectMessage = z.infer<typeof objectMessageSchema>;
