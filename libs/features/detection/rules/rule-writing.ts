import type { EventPayloadOf, Rule } from '@sc/contracts';
import { type Actor, type Database, json, type Transaction } from '@sc/platform/database';
import type { Updateable } from 'kysely';

export interface RuleChange {
  actor: Actor;
  at: Date;
  change: EventPayloadOf<'rule.changed.v1'>['change'];
  note?: string | undefined;
  /** What the audit trail is told besides. */
  facts: Record<string, unknown>;
}

/** Where a rule comes from, and what is wrong with it. */
type Origin = Pick<Updateable<Database['rules']>, 'defaultVersion' | 'changed'>;

/** A new rule in force, with its first version. `false`: there is one of this id. */
export async function addRule(
  transaction: Transaction,
  rule: Rule,
  origin: Origin,
  told: RuleChange,
): Promise<boolean> {
  const { id, ...columns } = columnsOf(rule, told);
  const added = await transaction.db
    .insertInto('rules')
    .values({ id, ...columns, ...origin })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) return false;
  await keepVersion(transaction, rule, told);
  tellChange(transaction, rule.id, rule.version, told);
  return true;
}

/** Another version in force. What was wrong with the one before is not wrong with it. The caller holds the row. */
export async function replaceRule(
  transaction: Transaction,
  rule: Rule,
  origin: Origin,
  told: RuleChange,
): Promise<void> {
  const { id, ...columns } = columnsOf(rule, told);
  await transaction.db
    .updateTable('rules')
    .set({ ...columns, ...origin, trouble: null })
    .where('id', '=', id)
    .execute();
  await keepVersion(transaction, rule, told);
  tellChange(transaction, rule.id, rule.version, told);
}

/** The event and the audit entry of a change. */
export function tellChange(
  { emit, audit }: Transaction,
  ruleId: string,
  version: number | null,
  told: RuleChange,
): void {
  const { actor, change, note, facts } = told;
  emit({ type: 'rule.changed.v1', payload: { ruleId, version, change }, areaId: null, subjectId: ruleId });
  audit({
    actor,
    action: `rule.${change}`,
    subjectType: 'rule',
    subjectId: ruleId,
    change: note ? { ...facts, note } : facts,
  });
}

const columnsOf = (rule: Rule, { at }: RuleChange) => {
  const { id, version, domain, enabled } = rule;
  return { id, version, domain, enabled, definition: json(rule), updatedAt: at };
};

async function keepVersion({ db }: Transaction, rule: Rule, { actor, at, note }: RuleChange): Promise<void> {
  await db
    .insertInto('ruleVersions')
    .values({
      ruleId: rule.id,
      version: rule.version,
      definition: json(rule),
      changedByKind: actor.kind,
      changedBy: actor.id,
      at,
      note: note ?? null,
    })
    .execute();
}
