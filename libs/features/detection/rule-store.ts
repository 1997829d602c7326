import { Inject, Injectable } from '@nestjs/common';
import { type Rule, ruleSchema } from '@sc/contracts';
import { domains } from '@sc/domains';
import { CLOCK, type Clock } from '@sc/platform/clock';
import {
  type Actor,
  DATABASE,
  type Database,
  json,
  type Row,
  type Transaction,
  UnitOfWork,
} from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Insertable, Kysely } from 'kysely';

const actor: Actor = { kind: 'system', id: 'detection' };

/** The table `rules`: what people see and change, and what the detector works by. */
@Injectable()
export class RuleStore {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Adds the default rules that are missing and replaces those of which this program knows a newer version, unless a person
   * changed them: their choice stays until they make another.
   */
  async seedDefaults(): Promise<void> {
    const defaults = domains.flatMap((domain) => domain.rules);
    await this.unitOfWork.run(async (transaction) => {
      await this.add(transaction, defaults);
      await this.replaceOutdated(transaction, defaults);
    });
  }

  private async add({ db, audit }: Transaction, defaults: readonly Rule[]): Promise<void> {
    const added = await db
      .insertInto('rules')
      .values(defaults.map((rule) => ({ id: rule.id, ...this.rowOf(rule) })))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning(['id', 'version'])
      .execute();
    for (const { id, version } of added)
      audit({ actor, action: 'rule.added', subjectType: 'rule', subjectId: id, change: { version } });
  }

  private async replaceOutdated({ db, audit }: Transaction, defaults: readonly Rule[]): Promise<void> {
    const byId = new Map(defaults.map((rule) => [rule.id, rule]));
    const isOutdated = ({ id, version }: Row<'rules'>) => version < (byId.get(id)?.version ?? 0);
    const stored = await db
      .selectFrom('rules')
      .selectAll()
      .where('id', 'in', [...byId.keys()])
      .orderBy('id')
      .forUpdate()
      .execute();
    const outdated = stored.filter((row) => isOutdated(row) && isAsSeeded(row));
    if (outdated.length === 0) return;
    const byPersons = await db
      .selectFrom('auditTrail')
      .select('subjectId')
      .distinct()
      .where('subjectType', '=', 'rule')
      .where('actorKind', '=', 'person')
      .where(
        'subjectId',
        'in',
        outdated.map(({ id }) => id),
      )
      .execute();
    for (const row of outdated) {
      const rule = byId.get(row.id);
      if (!rule || byPersons.some(({ subjectId }) => subjectId === row.id)) continue;
      await db.updateTable('rules').set(this.rowOf(rule)).where('id', '=', rule.id).execute();
      const change = { from: row.version, to: rule.version };
      audit({ actor, action: 'rule.replaced', subjectType: 'rule', subjectId: rule.id, change });
    }
  }

  private rowOf(rule: Rule): Omit<Insertable<Database['rules']>, 'id'> {
    const { version, domain, enabled } = rule;
    return { version, domain, enabled, definition: json(rule), updatedAt: new Date(this.clock.now()) };
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

/** A change of the columns alone, without a trail, was made by hand in the database. */
const isAsSeeded = ({ version, enabled, definition }: Row<'rules'>): boolean =>
  version === definition.version && enabled === definition.enabled;
