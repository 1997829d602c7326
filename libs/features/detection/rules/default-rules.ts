import type { Rule } from '@sc/contracts';
import { domains } from '@sc/domains';
import type { Actor, Row, Transaction } from '@sc/platform/database';
import { addRule, replaceRule } from './rule-writing.js';

const actor: Actor = { kind: 'system', id: 'detection' };

/** The rules that this program brings, by id. */
export const defaultRules: ReadonlyMap<string, Rule> = new Map(
  domains.flatMap((domain) => domain.rules).map((rule) => [rule.id, rule]),
);

/**
 * Adds the default rules that are missing and replaces those of which this program knows a newer version, unless a person
 * changed them: their choice stays until they make another (`newerDefaultOf`).
 */
export async function seedDefaultRules(transaction: Transaction, at: Date): Promise<void> {
  // In one order, so that processes that start together wait for each other and not in a circle.
  const stored = await transaction.db
    .selectFrom('rules')
    .selectAll()
    .where('id', 'in', [...defaultRules.keys()])
    .orderBy('id')
    .forUpdate()
    .execute();
  const known = new Map(stored.map((row) => [row.id, row]));
  for (const rule of [...defaultRules.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const row = known.get(rule.id);
    if (!row) await add(transaction, rule, at);
    else if (newerDefaultOf(row) && !row.changed && isAsWritten(row)) await replace(transaction, row, rule, at);
  }
}

/** The default that is newer than the one this rule is made of. */
export function newerDefaultOf({ id, defaultVersion }: Pick<Row<'rules'>, 'id' | 'defaultVersion'>): Rule | undefined {
  const rule = defaultRules.get(id);
  return rule && defaultVersion !== null && defaultVersion < rule.version ? rule : undefined;
}

async function add(transaction: Transaction, rule: Rule, at: Date): Promise<void> {
  const version = await nextVersion(transaction, rule.id, rule.version);
  const facts = { version };
  await addRule(
    transaction,
    { ...rule, version },
    { defaultVersion: rule.version },
    { actor, at, change: 'added', facts },
  );
}

async function replace(transaction: Transaction, row: Row<'rules'>, rule: Rule, at: Date): Promise<void> {
  const version = await nextVersion(transaction, rule.id, Math.max(row.version + 1, rule.version));
  const facts = { from: row.version, to: version };
  const told = { actor, at, change: 'replaced', facts } as const;
  await replaceRule(transaction, { ...rule, version }, { defaultVersion: rule.version }, told);
}

/** At least `atLeast`, and beyond what was ever in force under this id. */
export async function nextVersion({ db }: Transaction, ruleId: string, atLeast = 1): Promise<number> {
  const { newest } = await db
    .selectFrom('ruleVersions')
    .select(({ fn }) => fn.max('version').as('newest'))
    .where('ruleId', '=', ruleId)
    .executeTakeFirstOrThrow();
  return Math.max(atLeast, (newest ?? 0) + 1);
}

/** A change of the columns alone, without a trail, was made by hand in the database: somebody's choice, too. */
const isAsWritten = ({ version, enabled, definition }: Row<'rules'>): boolean =>
  version === definition.version && enabled === definition.enabled;
