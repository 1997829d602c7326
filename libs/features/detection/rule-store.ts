import { Inject, Injectable } from '@nestjs/common';
import { type Rule, ruleSchema } from '@sc/contracts';
import { domains } from '@sc/domains';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, json, UnitOfWork } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';

/** The table `rules`: what people see and change, and what the detector works by. */
@Injectable()
export class RuleStore {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Adds the default rules that are missing. A rule that is there is left alone: a person may have changed it. */
  async seedDefaults(): Promise<void> {
    const defaults = domains.flatMap((domain) => domain.rules);
    await this.unitOfWork.run(async ({ db, audit }) => {
      const added = await db
        .insertInto('rules')
        .values(
          defaults.map((rule) => ({
            id: rule.id,
            version: rule.version,
            domain: rule.domain,
            enabled: rule.enabled,
            definition: json(rule),
            updatedAt: new Date(this.clock.now()),
          })),
        )
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning(['id', 'version'])
        .execute();
      for (const { id, version } of added)
        audit({
          actor: { kind: 'system', id: 'detection' },
          action: 'rule.added',
          subjectType: 'rule',
          subjectId: id,
          change: { version },
        });
    });
  }

  /** All rules in order of id. One that does not fit the schema is left out and logged: it must not stop the others. */
  async load(): Promise<Rule[]> {
    const rows = await this.db.selectFrom('rules').selectAll().orderBy('id').execute();
    return rows.flatMap((row) => {
      const parsed = ruleSchema.safeParse({
        ...row.definition,
        id: row.id,
        version: row.version,
        domain: row.domain,
        enabled: row.enabled,
      });
      if (parsed.success) return [parsed.data];
      this.logger.error({ ruleId: row.id, issues: parsed.error.issues.length }, 'rule does not fit the schema');
      return [];
    });
  }
}
