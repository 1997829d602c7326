import { z } from 'zod';
import { instantSchema, uuidSchema } from '../ids.js';

/** Lists whose filters can be kept. */
export const savedFilterPages = ['work-orders', 'devices', 'fleet'] as const;
export const savedFilterPageSchema = z.enum(savedFilterPages);
export type SavedFilterPage = z.infer<typeof savedFilterPageSchema>;

/** Of one person for one list; more is a list of its own that nobody reads. */
export const mostSavedFilters = 20;

export const createSavedFilterSchema = z.object({
  page: savedFilterPageSchema,
  name: z.string().trim().min(1).max(60),
  /** What stands behind the `?` of the list's address; empty: nothing is left out. */
  query: z
    .string()
    .max(500)
    .regex(/^[\w.~%+=&:-]*$/, 'is no query of an address'),
});
export type CreateSavedFilter = z.infer<typeof createSavedFilterSchema>;

export const savedFilterSchema = createSavedFilterSchema.extend({ id: uuidSchema, createdAt: instantSchema });
export type SavedFilter = z.infer<typeof savedFilterSchema>;

export const savedFilterQuerySchema = z.object({ page: savedFilterPageSchema });
export type SavedFilterQuery = z.infer<typeof savedFilterQuerySchema>;
