import { z } from 'zod';
import { areaIdSchema, instantSchema, slugSchema, uuidSchema } from '../ids.js';
import { localeSchema } from '../text.js';

export const roles = ['admin', 'operator', 'officer', 'manager'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;
/** Officers are asked for work orders while they are on shift, operators watch the control room; nobody else is planned. */
export const mayBeOnShift = (role: Role): boolean => role === 'officer' || role === 'operator';

export const loginSchema = z.object({ login: z.string().min(1).max(64), password: z.string().min(1).max(256) });
export type Login = z.infer<typeof loginSchema>;

/** What a person types at every login; small letters, so that nobody has to remember more. */
export const newLoginSchema = z.string().regex(/^[a-z0-9][a-z0-9._@-]{1,63}$/, 'use 2 to 64 of a-z, 0-9 and . _ @ -');
/** Length is what makes a password hard to guess; rules about signs only make it hard to remember. */
export const newPasswordSchema = z.string().min(10).max(256);
export const personNameSchema = z.string().trim().min(1).max(120);

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

/** A person as the lists of staff show them: also who may not log in any more. */
export const staffSchema = personSchema.extend({ active: z.boolean() });
export type Staff = z.infer<typeof staffSchema>;

/** As the list of staff has them, with what they can do. */
export const listedStaffSchema = staffSchema.extend({ skills: z.array(slugSchema) });
export type ListedStaff = z.infer<typeof listedStaffSchema>;

export const peopleQuerySchema = z.object({
  /** `all`: also who may not log in any more. */
  state: z.enum(['active', 'all']).default('active'),
});
export type PeopleQuery = z.infer<typeof peopleQuerySchema>;

export const createPersonSchema = z.object({
  login: newLoginSchema,
  name: personNameSchema,
  role: roleSchema,
  areaId: areaIdSchema,
  locale: localeSchema,
});
export type CreatePerson = z.infer<typeof createPersonSchema>;
export const updatePersonSchema = createPersonSchema.omit({ login: true }).extend({ active: z.boolean() }).partial();
export type UpdatePerson = z.infer<typeof updatePersonSchema>;
/** The password is shown in this answer and never again. */
export const personCredentialsSchema = z.object({ person: staffSchema, password: z.string() });
export type PersonCredentials = z.infer<typeof personCredentialsSchema>;

export const sessionSchema = z.object({
  person: personSchema,
  expiresAt: instantSchema,
  /** The password was given by somebody else: it is to be changed. */
  passwordInitial: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

/** The new one may be neither the login nor the present one. */
export const changePasswordSchema = z.object({ current: z.string().min(1).max(256), next: newPasswordSchema });
export type ChangePassword = z.infer<typeof changePasswordSchema>;

export const shiftSchema = z.object({
  id: uuidSchema,
  personId: uuidSchema,
  personName: z.string(),
  areaId: areaIdSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  /** The rotation that planned it. */
  rotationId: uuidSchema.nullable(),
});
export type Shift = z.infer<typeof shiftSchema>;

export const shiftQuerySchema = z.object({
  /** Shifts that end after this moment; the present one when left out. */
  from: instantSchema.optional(),
  /** Shifts that begin before this moment. */
  to: instantSchema.optional(),
  /** In this area and all below it. */
  areaId: areaIdSchema.optional(),
});
export type ShiftQuery = z.infer<typeof shiftQuerySchema>;

const longestShiftMs = 31 * 24 * 3_600_000;
export const shiftTimeSchema = z
  .object({ startsAt: instantSchema, endsAt: instantSchema })
  .refine(({ startsAt, endsAt }) => Date.parse(endsAt) > Date.parse(startsAt), 'ends before it begins')
  .refine(
    ({ startsAt, endsAt }) => Date.parse(endsAt) - Date.parse(startsAt) <= longestShiftMs,
    'is longer than 31 days',
  );
/** As many as an early, a late and a night shift of each day of a month. */
export const createShiftsSchema = z.object({
  personId: uuidSchema,
  areaId: areaIdSchema,
  times: z.array(shiftTimeSchema).min(1).max(93),
});
export type CreateShifts = z.infer<typeof createShiftsSchema>;

/** Another officer, other times, or both. */
export const updateShiftSchema = z
  .object({ personId: uuidSchema, startsAt: instantSchema, endsAt: instantSchema })
  .partial();
export type UpdateShift = z.infer<typeof updateShiftSchema>;
/** What is left when a change is made of a shift. */
export const isShiftTime = (time: { startsAt: string; endsAt: string }): boolean =>
  shiftTimeSchema.safeParse(time).success;
