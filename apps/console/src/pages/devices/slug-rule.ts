import { slugSchema } from '@sc/contracts';

/** Checks a field with the contract's own rule; an empty field is for `required` to say. */
export const slugRule =
  (hint: string) =>
  (_: unknown, value: unknown): Promise<void> =>
    !value || slugSchema.safeParse(value).success ? Promise.resolve() : Promise.reject(new Error(hint));
