import { Inject, Injectable } from '@nestjs/common';
import { type Rule, ruleSchema, type RuleTrouble } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, type Row, UnitOfWork } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { seedDefaultRules } from './rules/default-rules.js';

/** The rules, and those of them that are in trouble. */
export interface RulesInForce {
  rules: Rule[];
  troubles: ReadonlyMap<string, RuleTrouble>;
}

/** The table `rules` as the detector works by it. */
@Injectable()
export class RuleStore {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** See {@link seedDefaultRules}. */
  async seedDefaults(): Promise<void> {
    await this.unitOfWork.run((transaction) => seedDefaultRules(transaction, new Date(this.clock.now())));
  }

  /** All rules in order of id. One that does not fit the schema is left out and logged: it must not stop the others. */
  async load(): Promise<Rule[]> {
    return (await this.loadInForce()).rules;
  }

  async loadInForce(): Promise<RulesInForce> {
    const rows = await this.db.selectFrom('rules').selectAll().orderBy('id').execute();
    const rules = rows.flatMap((row) => this.ruleOf(row) ?? []);
    const troubles = rows.flatMap(({ id, trouble }): [string, RuleTrouble][] => (trouble ? [[id, trouble]] : []));
    return { rules, troubles: new Map(troubles) };
  }

  private ruleOf(row: Row<'rules'>): Rule | undefined {
    const parsed = readRule(row);
    if (parsed.success) return parsed.data;
    this.logger.error({ ruleId: row.id, issues: parsed.error.issues.length }, 'rule does not fit the schema');
    return undefined;
  }
}

/** A stored rule: what the columns say counts. */
export const readRule = ({ id, version, domain, enabled, definition }: Row<'rules'>) =>
  ruleSchema.safeParse({ ...definition, id, version, domain, enabled });
