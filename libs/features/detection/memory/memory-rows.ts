import { type Database, json } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import type { Kept } from './long-memories.js';

/** A memory of a series that nothing was heard of for so long is no help to it. */
const expiresMs = 90 * 86_400_000;

export async function writeMemories(db: Kysely<Database>, list: readonly Kept[], now: number): Promise<void> {
  if (list.length === 0) return;
  await db
    .insertInto('detectorMemory')
    .values(
      list.map(({ deviceId, ruleId, about, newestTs, state, numbers }) => ({
        deviceId,
        ruleId,
        about,
        coveredUntil: new Date(newestTs),
        state: json(state),
        numbers: Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength),
        keptAt: new Date(now),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['deviceId', 'ruleId']).doUpdateSet((eb) => ({
        about: eb.ref('excluded.about'),
        coveredUntil: eb.ref('excluded.coveredUntil'),
        state: eb.ref('excluded.state'),
        numbers: eb.ref('excluded.numbers'),
        keptAt: eb.ref('excluded.keptAt'),
      })),
    )
    .execute();
}

export async function readMemories(db: Kysely<Database>, deviceIds: readonly string[]): Promise<Kept[]> {
  if (deviceIds.length === 0) return [];
  const rows = await db.selectFrom('detectorMemory').selectAll().where('deviceId', 'in', deviceIds).execute();
  return rows.map(({ deviceId, ruleId, about, coveredUntil, state, numbers }) => ({
    deviceId,
    ruleId,
    about,
    newestTs: coveredUntil.getTime(),
    state,
    // A copy: what the driver answers may not begin at a multiple of eight bytes.
    numbers: new Float64Array(new Uint8Array(numbers).buffer),
  }));
}

export async function expireMemories(db: Kysely<Database>, now: number): Promise<void> {
  await db
    .deleteFrom('detectorMemory')
    .where('keptAt', '<', new Date(now - expiresMs))
    .execute();
}
