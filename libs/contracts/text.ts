import { z } from 'zod';

export const locales = ['zh-CN', 'en'] as const;
export const localeSchema = z.enum(locales);
export type Locale = z.infer<typeof localeSchema>;

/** A text that a person reads, in every language of the product. */
export const textSchema = z.object({ 'zh-CN': z.string().min(1).max(500), en: z.string().min(1).max(500) });
export type Text = z.infer<typeof textSchema>;

/** Why something was refused, as people read it: as long as it must be, for it may list what is wrong. */
export const reasonSchema = z.record(localeSchema, z.string().min(1));
