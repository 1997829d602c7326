import type { Rule } from '@sc/contracts';
import type { OpenCondition } from '@sc/features/detection';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import type { RaisedAlarms } from './raised-alarms.js';

export type Standing = OpenCondition & { domain: string };

/**
 * What stood when the range began and was raised by the very condition that is asked about: it holds there, too, however long before it
 * began. `undefined`: the rule never was as it is asked about, so nothing is known to have stood of it.
 */
export async function standingAt(
  db: Kysely<Database>,
  rule: Rule,
  raised: RaisedAlarms,
  from: number,
  domainOf: ReadonlyMap<string, string>,
): Promise<Standing[] | undefined> {
  const versions = await versionsLike(db, rule);
  if (!versions.size) return undefined;
  const standing: Standing[] = [];
  for (const { begin, end = Infinity, deviceId, subject, severity, ruleVersion, cause } of raised.all()) {
    const domain = domainOf.get(deviceId);
    if (begin >= from || end < from || domain === undefined || !versions.has(ruleVersion)) continue;
    const { id: ruleId, workOrder } = rule;
    standing.push({ deviceId, domain, ruleId, subject, ruleVersion, at: begin, severity, workOrder, cause });
  }
  return standing;
}

/** Versions of the rule that judge as this one does. */
async function versionsLike(db: Kysely<Database>, rule: Rule): Promise<Set<number>> {
  const kept = await db
    .selectFrom('ruleVersions')
    .select(['version', 'definition'])
    .where('ruleId', '=', rule.id)
    .union(db.selectFrom('rules').select(['version', 'definition']).where('id', '=', rule.id))
    .execute();
  return new Set(kept.filter(({ definition }) => isAlike(definition, rule)).map(({ version }) => version));
}

const isAlike = (a: Rule, b: Rule): boolean => judging(a) === judging(b);
/** Members in the order of their names: PostgreSQL does not keep the one they were written in. */
const judging = ({ condition, activeHours, domain }: Rule): string =>
  JSON.stringify({ condition, activeHours, domain }, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value,
  );
