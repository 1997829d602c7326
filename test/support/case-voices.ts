import { randomUUID } from 'node:crypto';
import { type Database, json } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import type { CaseLife } from './case-lives.js';

/** Writes what residents said of cases as the program would have left it: links, ratings, answers of staff, and cases that go on as others. */
export async function writeVoices(db: Kysely<Database>, lives: readonly CaseLife[], personId: string): Promise<void> {
  for (const life of lives) {
    const { residents, id, areaId } = life;
    if (!residents) continue;
    const at = (ms: number) => new Date(life.createdAt + ms);
    const nextId = residents.reopened ? await goesOn(db, life) : null;
    // Each rating is of a resident of its own, and whoever reopens follows the case that goes on.
    for (const score of residents.ratings.length ? residents.ratings : [null]) {
      const linkId = randomUUID();
      await db
        .insertInto('residentLinks')
        .values({ id: linkId, workOrderId: nextId ?? id, areaId, kind: 'report', locale: 'en', createdAt: at(0) })
        .execute();
      if (score !== null)
        await db
          .insertInto('residentRatings')
          .values({ linkId, workOrderId: id, score, at: at(1) })
          .execute();
      if (nextId)
        await db
          .insertInto('residentReopenings')
          .values({ workOrderId: id, nextId, linkId, at: at(2) })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
    }
    for (const ms of residents.answeredAfterMs)
      await db
        .insertInto('residentMessages')
        .values({ id: randomUUID(), workOrderId: id, personId, kind: 'answer', at: at(ms), requestId: randomUUID() })
        .execute();
  }
}

/** Out of the period that is asked for. */
async function goesOn(db: Kysely<Database>, { areaId }: CaseLife): Promise<string> {
  const id = randomUUID();
  const text = json({ 'zh-CN': '测试', en: 'Test' });
  await db
    .insertInto('workOrders')
    .values({
      id,
      category: 'goes-on',
      title: text,
      instructions: text,
      photoRequired: false,
      acceptWithinSeconds: 300,
      state: 'registered',
      severity: 'minor',
      areaId,
      source: 'resident',
      createdAt: new Date(0),
      updatedAt: new Date(0),
    })
    .execute();
  return id;
}
