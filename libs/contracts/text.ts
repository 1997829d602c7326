import { z } from 'zod';

export const locales = ['zh-CN', 'en'] as const;
export const localeSchema = z.enum(locales);
export type Locale = z.infer<typeof localeSchema>;

/** A text that a person reads, in every language of the product. */
export const textSchema = z.object({ 'zh-CN': z.string().min(1).max(500), en: z.string().min(1).max(500) });
export type Text = z.infer<typeof textSchema>;
