import { z } from 'zod';
import { deviceIdSchema, instantSchema } from '../ids.js';
import { readingValueSchema } from '../payloads.js';

/** Most windows of one answer: a chart has fewer pixels. */
export const mostHistoryWindows = 3_000;
/** Most readings that are answered as they are. */
export const mostHistoryReadings = 5_000;

export const historyQuerySchema = z.object({
  deviceId: deviceIdSchema,
  metric: z.string().min(1).max(64),
  from: instantSchema,
  to: instantSchema,
  /** Width of a window; left out: the readings themselves. */
  windowMs: z.coerce
    .number()
    .int()
    .min(1000)
    .max(366 * 86_400_000)
    .optional(),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** Of a window its start, mean, least and greatest; of a reading its time and value. Ms since the epoch, so that ninety days are small. */
export const historySchema = z.object({
  windows: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  readings: z.array(z.tuple([z.number(), readingValueSchema])),
  /** There were more readings than are answered: ask with a window. */
  truncated: z.boolean(),
});
export type History = z.infer<typeof historySchema>;
