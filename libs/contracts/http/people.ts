import { z } from 'zod';
import { areaIdSchema, instantSchema, uuidSchema } from '../ids.js';
import { localeSchema } from '../text.js';

export const roles = ['admin', 'operator', 'officer', 'manager'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const loginSchema = z.object({ login: z.string().min(1).max(64), password: z.string().min(1).max(256) });
export type Login = z.infer<typeof loginSchema>;

export const personSchema = z.object({
  id: uuidSchema,
  login: z.string(),
  name: z.string(),
  role: roleSchema,
  /** What this person may see: the area and all below it. */
  areaId: areaIdSchema,
  locale: localeSchema,
});
export type Person = z.infer<typeof personSchema>;

export const sessionSchema = z.object({ person: personSchema, expiresAt: instantSchema });
export type Session = z.infer<typeof sessionSchema>;

export const shiftSchema = z.object({
  id: uuidSchema,
  personId: uuidSchema,
  personName: z.string(),
  areaId: areaIdSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
});
export type Shift = z.infer<typeof shiftSchema>;
