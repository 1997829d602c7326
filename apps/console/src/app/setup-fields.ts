import { areaIdSchema, newLoginSchema, newPasswordSchema } from '@sc/contracts';

export type SetupField = 'code' | 'name' | 'login' | 'password' | 'repeat' | 'kind' | 'areaZh' | 'areaEn' | 'areaId';
type Mistake = 'required' | 'login' | 'password' | 'repeat' | 'areaId';

/** What is wrong with the fields, in the order of the form; checked with the contract's own rules. */
export function mistakesOf(fields: Record<SetupField, string>): Partial<Record<SetupField, Mistake>> {
  const missing = (value: string) => (value.trim() ? undefined : ('required' as const));
  const found: Partial<Record<SetupField, Mistake | undefined>> = {
    code: missing(fields.code),
    name: missing(fields.name),
    login: newLoginSchema.safeParse(fields.login.trim()).success ? undefined : 'login',
    password: newPasswordSchema.safeParse(fields.password).success ? undefined : 'password',
    repeat: fields.repeat === fields.password ? undefined : 'repeat',
    areaZh: missing(fields.areaZh + fields.areaEn),
    areaId: areaIdSchema.safeParse(fields.areaId.trim()).success ? undefined : 'areaId',
  };
  return Object.fromEntries(Object.entries(found).filter(([, mistake]) => mistake !== undefined));
}
