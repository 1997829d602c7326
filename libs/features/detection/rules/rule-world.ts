import { deviceIdSchema, areaIdSchema } from '@sc/contracts';
import { domains } from '@sc/domains';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { RuleWorld } from '../checks/look.js';

/** What a rule that nobody has checked yet may name. */
const namedSchema = z.object({
  appliesTo: z
    .object({
      areaIds: z.array(areaIdSchema).max(100).catch([]).default([]),
      deviceIds: z.array(deviceIdSchema).max(1000).catch([]).default([]),
    })
    .catch({ areaIds: [], deviceIds: [] }),
});

/** What there is, as far as this rule speaks of it. */
export async function worldOf({ db }: { db: Kysely<Database> }, candidate: unknown): Promise<RuleWorld> {
  const named = namedSchema.safeParse(candidate);
  const { areaIds, deviceIds } = named.success ? named.data.appliesTo : { areaIds: [], deviceIds: [] };
  const areas = areaIds.length ? await db.selectFrom('areas').select('id').where('id', 'in', areaIds).execute() : [];
  const devices = deviceIds.length
    ? await db
        .selectFrom('devices')
        .select(['id', 'domain'])
        .where('id', 'in', deviceIds)
        .where('state', '=', 'registered')
        .execute()
    : [];
  return {
    domains,
    areaIds: new Set(areas.map(({ id }) => id)),
    devices: new Map(devices.map(({ id, domain }) => [id, domain])),
  };
}
