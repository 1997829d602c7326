import { Inject, Injectable } from '@nestjs/common';
import type { CreateBackTest, Rule } from '@sc/contracts';
import { checkRule, RuleStore, worldOf } from '@sc/features/detection';
import { DATABASE, type Database } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { refusals } from '../refusals.js';

/** The rule that is asked about: a stored one, or one as it is being written. */
@Injectable()
export class AskedRule {
  constructor(
    private readonly rules: RuleStore,
    @Inject(DATABASE) private readonly db: Kysely<Database>,
  ) {}

  /** @throws ProblemError `not-found`, `invalid-rule` */
  async of({ ruleId, rule }: CreateBackTest): Promise<{ rule: Rule; stored: boolean }> {
    if (ruleId !== undefined) {
      const stored = (await this.rules.load()).find(({ id }) => id === ruleId);
      if (!stored) throw new ProblemError('not-found', commonRefusals.noRule);
      return { rule: stored, stored: true };
    }
    const candidate = { version: 1, ...rule };
    const world = await this.db.transaction().execute((db) => worldOf({ db }, candidate));
    const checked = checkRule(candidate, world);
    if ('rule' in checked) return { rule: checked.rule, stored: false };
    throw new ProblemError('invalid-rule', refusals.notGood, undefined, undefined, checked.issues);
  }
}
