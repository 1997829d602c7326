import { z } from 'zod';
import { areaIdSchema } from '../ids.js';
import { localeSchema, textSchema } from '../text.js';
import { newLoginSchema, newPasswordSchema, personNameSchema } from './people.js';

/** Kinds of area a site may begin with: everything else lies inside one of them. */
export const topAreaKinds = ['community', 'street', 'district'] as const;

export const setupStateSchema = z.object({
  /** Whether the first administrator can still be made, with the code from the terminal. */
  open: z.boolean(),
});
export type SetupState = z.infer<typeof setupStateSchema>;

/** The first administrator and the area that everything else lies in. */
export const setupSchema = z.object({
  /** As the terminal shows it; case, blanks and hyphens do not matter. */
  code: z.string().min(1).max(64),
  login: newLoginSchema,
  name: personNameSchema,
  password: newPasswordSchema,
  locale: localeSchema,
  area: z.object({ id: areaIdSchema, kind: z.enum(topAreaKinds).default('community'), name: textSchema }),
});
export type Setup = z.infer<typeof setupSchema>;
