import type { Clock, Ids } from '@sc/platform/clock';
import { json, type Transaction } from '@sc/platform/database';
import { plans } from './catalogue/rounds.js';

/** Plans of rounds that were not there yet; what people changed or removed stays as they left it. */
export async function seedRounds({ db, audit }: Transaction, clock: Clock, ids: Ids): Promise<void> {
  const now = new Date(clock.now());
  for (const { id, title, areaId, recurrence, windowMinutes, category, checkPoints } of plans) {
    const times = { madeUntil: now, createdAt: now, updatedAt: now };
    const row = { id, title: json(title), areaId, recurrence, windowMinutes, category, enabled: true, ...times };
    const added = await db
      .insertInto('roundPlans')
      .values({ ...row, assignee: json({ kind: 'grid' }) })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!added) continue;
    const points = checkPoints.map(({ key, ...definition }, place) => ({
      id: ids.next(),
      planId: id,
      key,
      place,
      definition: json(definition),
    }));
    await db.insertInto('checkPoints').values(points).execute();
    audit({
      actor: { kind: 'system', id: 'demo-seed' },
      action: 'demo.round-plan-added',
      subjectType: 'round-plan',
      subjectId: id,
      change: { title },
    });
  }
}
