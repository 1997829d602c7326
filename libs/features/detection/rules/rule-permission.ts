import type { Person, Rule } from '@sc/contracts';
import type { Transaction } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { isLifeSafety } from '../life-safety.js';
import { refusals } from '../refusals.js';

/**
 * Rules are of the whole site, so only who looks after all of it changes them; those that lives may depend on only an
 * administrator, and none of those is switched off without a word why.
 * @param before `undefined`: the rule is new; `after` `undefined`: it is deleted
 * @throws ProblemError `forbidden`, `note-required`
 */
export async function assertMayChange(
  { db }: Transaction,
  person: Person,
  { before, after, note }: { before?: Rule | undefined; after?: Rule | undefined; note?: string | undefined },
): Promise<void> {
  const area = await db.selectFrom('areas').select('parentId').where('id', '=', person.areaId).executeTakeFirst();
  if (!area || area.parentId !== null) throw new ProblemError('forbidden', refusals.wholeSite);
  const lifeSafety = [before, after].some((rule) => rule && isLifeSafety(rule));
  if (!lifeSafety) return;
  if (person.role !== 'admin') throw new ProblemError('forbidden', refusals.onlyAdministrators);
  const goesOff = before?.enabled === true && !after?.enabled;
  if (goesOff && !note) throw new ProblemError('note-required', refusals.sayWhy);
}
