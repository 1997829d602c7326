import { type Actor, json, type UnitOfWork } from '@sc/platform/database';
import { tellChange } from '../rules/rule-writing.js';
import type { FoundTrouble } from './rule-guard.js';

const actor: Actor = { kind: 'system', id: 'detection' };

/** Writes down that a rule is in trouble, so that people see it and a restart does not forget it. Of a version that is not in force any more, nothing. */
export async function writeTrouble(unitOfWork: UnitOfWork, { ruleId, trouble }: FoundTrouble): Promise<void> {
  await unitOfWork.run(async (transaction) => {
    const { db } = transaction;
    const row = await db
      .selectFrom('rules')
      .select(['version', 'trouble'])
      .where('id', '=', ruleId)
      .forUpdate()
      .executeTakeFirst();
    const { stopped, version, at, ...facts } = trouble;
    if (row?.version !== version || row.trouble?.stopped || (row.trouble && !stopped)) return;
    await db
      .updateTable('rules')
      .set({ trouble: json(trouble) })
      .where('id', '=', ruleId)
      .execute();
    const change = stopped ? 'stopped' : 'troubled';
    tellChange(transaction, ruleId, version, { actor, at: new Date(at), change, facts: { version, ...facts } });
  });
}
