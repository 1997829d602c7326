import { Inject, Injectable } from '@nestjs/common';
import type { Person, Rule, RuleDetail, RuleVersion, RuleView } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { loadPlaces } from '../groups/load-places.js';
import { isLifeSafety } from '../life-safety.js';
import { readRule } from '../rule-store.js';
import { defaultRules, newerDefaultOf } from '../rules/default-rules.js';
import { rulesOfDevice } from '../rules/rules-of-device.js';

/** The newest ones; older changes are in the audit trail. */
const mostVersions = 200;

@Injectable()
export class RulesReadModel {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  /** All rules, in order of the id. One that the schema refuses is left out, as the detector leaves it out. */
  async list(person: Person): Promise<RuleView[]> {
    const rows = await this.db.selectFrom('rules').selectAll().orderBy('id').execute();
    const open = await this.openAlarms(person);
    return rows.flatMap((row) => viewOf(row, open.get(row.id) ?? 0) ?? []);
  }

  /** @throws ProblemError `not-found` */
  async one(person: Person, id: string): Promise<RuleDetail> {
    const row = await this.db.selectFrom('rules').selectAll().where('id', '=', id).executeTakeFirst();
    const open = await this.openAlarms(person, id);
    const view = row && viewOf(row, open.get(id) ?? 0);
    if (!view) throw new ProblemError('not-found', commonRefusals.noRule);
    const isDefault = view.status.origin === 'default' && view.status.newerDefault === null;
    return { ...view, default: isDefault ? null : (defaultRules.get(id) ?? null) };
  }

  /** Those that are judged on a device while they are on; none of one that was taken away. @throws ProblemError `not-found` */
  async ofDevice(person: Person, deviceId: string): Promise<RuleView[]> {
    const device = await this.db
      .selectFrom('devices')
      .innerJoin('areas', 'areas.id', 'devices.areaId')
      .select(['devices.id', 'devices.domain', 'devices.state'])
      .where('devices.id', '=', deviceId)
      .where(areaScope(person.areaId))
      .executeTakeFirst();
    if (!device) throw new ProblemError('not-found', commonRefusals.noDevice);
    if (device.state !== 'registered') return [];
    const places = await loadPlaces(this.db, [deviceId]);
    return rulesOfDevice(await this.list(person), device, places.get(deviceId));
  }

  /** The newest first. @throws ProblemError `not-found` */
  async versions(id: string): Promise<RuleVersion[]> {
    const rows = await this.db
      .selectFrom('ruleVersions')
      .leftJoin('people', (join) =>
        join.on(({ eb }) => eb(eb.cast('people.id', 'text'), '=', eb.ref('ruleVersions.changedBy'))),
      )
      .selectAll('ruleVersions')
      .select('people.name')
      .where('ruleId', '=', id)
      .orderBy('version', 'desc')
      .limit(mostVersions)
      .execute();
    if (rows.length === 0) throw new ProblemError('not-found', commonRefusals.noRule);
    return rows.map(({ version, definition, changedByKind, changedBy, at, note, name }) => ({
      version,
      definition: { ...definition },
      changedBy: { kind: changedByKind, id: changedBy, name },
      at: at.toISOString(),
      note,
    }));
  }

  private async openAlarms(person: Person, ruleId?: string): Promise<Map<string, number>> {
    let query = this.db
      .selectFrom('alarms')
      .innerJoin('areas', 'areas.id', 'alarms.areaId')
      .select(({ fn }) => ['alarms.ruleId', fn.countAll<number>().as('open')])
      .where('alarms.state', '<>', 'normal')
      .where(areaScope(person.areaId))
      .groupBy('alarms.ruleId');
    if (ruleId) query = query.where('alarms.ruleId', '=', ruleId);
    return new Map((await query.execute()).map((row) => [row.ruleId, Number(row.open)]));
  }
}

function viewOf(row: Row<'rules'>, openAlarms: number): RuleView | undefined {
  const parsed = readRule(row);
  if (!parsed.success) return undefined;
  return { ...parsed.data, status: statusOf(row, parsed.data, openAlarms) };
}

function statusOf(row: Row<'rules'>, rule: Rule, openAlarms: number): RuleView['status'] {
  const { trouble, changed, defaultVersion, updatedAt } = row;
  const newer = newerDefaultOf(row);
  return {
    state: !rule.enabled ? 'off' : trouble?.stopped ? 'stopped' : 'on',
    trouble,
    origin: defaultVersion === null ? 'own' : changed ? 'changed' : 'default',
    newerDefault: newer?.version ?? null,
    lifeSafety: isLifeSafety(rule),
    openAlarms,
    updatedAt: updatedAt.toISOString(),
  };
}
