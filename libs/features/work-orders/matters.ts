import { Inject, Injectable } from '@nestjs/common';
import type { CaseItem } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { type Matter, matterOf, type Silent, sharedCause } from './matter.js';
import { sharedCauseTemplate } from './shared-cause.js';
import { WORK_ORDER_TEMPLATES, type WorkOrderTemplates } from './templates.js';

type Alarm = Row<'alarms'>;
type Db = Kysely<Database>;

/** Where an alarm belongs and what its order asks for. */
export interface Belonging {
  matter: Matter;
  template: CaseItem;
  /** By its rule alone; what a person put somewhere is known by it. */
  own: Matter;
}

/** Reads what {@link matterOf} decides by. */
@Injectable()
export class Matters {
  constructor(
    private readonly directory: Directory,
    @Inject(DATABASE) private readonly database: Db,
    @Inject(WORK_ORDER_TEMPLATES) private readonly templates: WorkOrderTemplates,
  ) {}

  /**
   * By alarm id; an alarm for which there is no template is left out.
   * @param how `own`: whatever else is silent there
   */
  async of(alarms: readonly Alarm[], db: Db = this.database, how?: 'own'): Promise<Map<string, Belonging>> {
    const rules = await rulesOf(db, alarms);
    const placed: { alarm: Alarm; own: Matter; template: CaseItem; silent: Silent | undefined }[] = [];
    for (const alarm of alarms) {
      const rule = rules.get(alarm.ruleId);
      const found = this.templateOf(alarm, rule);
      if (!found) continue;
      const areaId = await this.directory.buildingOf(alarm.areaId, db);
      const own = { areaId, domain: found.domain, category: found.template.category };
      placed.push({ alarm, own, template: found.template, silent: how === 'own' ? undefined : silenceOf(alarm) });
    }
    const quiet = placed.filter(({ silent }) => silent);
    const current = await currentOf(
      db,
      quiet.map(({ alarm }) => alarm),
    );
    const silentIn = await this.silentIn([...new Set(quiet.map(({ own }) => own.areaId))], db);
    return new Map(
      placed.map(({ alarm, own, template, silent }) => {
        const placing = { own, silent, current: alarm.incidentId ? current.get(alarm.incidentId) : undefined };
        const matter = matterOf(placing, silentIn.get(own.areaId) ?? []);
        const isShared = matter.category === sharedCause.category;
        return [alarm.id, { matter, own, template: isShared ? sharedCauseTemplate : template }];
      }),
    );
  }

  /** Devices that are not heard in these buildings, now. */
  async silentIn(buildings: readonly string[], db: Db = this.database): Promise<Map<string, Silent[]>> {
    if (!buildings.length) return new Map();
    const { rows } = await sql<Alarm & { bridgeId: string | null }>`
      select alarms.*, devices.bridge_id from alarms
        join devices on devices.id = alarms.device_id join areas on areas.id = alarms.area_id
      where alarms.state <> 'normal' and alarms.condition_active and alarms.cause ->> 'kind' = 'silence'
        and areas.path && ${buildings}::text[]`.execute(db);
    const silent = new Map<string, Silent[]>();
    for (const row of rows) {
      const building = await this.directory.buildingOf(row.areaId, db);
      const there = silent.get(building) ?? [];
      there.push({ ...silenceOf(row)!, bridgeId: row.bridgeId });
      silent.set(building, there);
    }
    return silent;
  }

  /** That of the rule where it names one or speaks for another domain than its device's, else that of its severity. */
  private templateOf(alarm: Alarm, rule: RuleFacts | undefined) {
    const named = rule?.category ? this.templates.named(rule.category) : undefined;
    const domain = rule?.domain ?? alarm.domain;
    if (named) return { domain: named.domain ?? domain, template: named.template };
    const template = this.templates.of(domain, alarm.severity);
    return template && { domain, template };
  }
}

interface RuleFacts {
  domain: string;
  category: string | null;
}

async function rulesOf(db: Db, alarms: readonly Alarm[]): Promise<Map<string, RuleFacts>> {
  const { rows } = await sql<RuleFacts & { id: string }>`
    select id, domain, definition ->> 'workOrderCategory' as category from rules
    where id = any(${[...new Set(alarms.map(({ ruleId }) => ruleId))]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The open incidents of these alarms, by id. */
async function currentOf(db: Db, alarms: readonly Alarm[]): Promise<Map<string, Matter>> {
  const ids = alarms.flatMap(({ incidentId }) => incidentId ?? []);
  if (!ids.length) return new Map();
  const rows = await db
    .selectFrom('incidents')
    .select(['id', 'areaId', 'domain', 'category'])
    .where('id', 'in', ids)
    .where('state', '=', 'open')
    .execute();
  return new Map(rows.map(({ id, ...matter }) => [id, matter]));
}

/** @returns `undefined` where something else is the matter */
export function silenceOf({ deviceId, domain, cause, raisedAt }: Alarm): Silent | undefined {
  if (cause['kind'] !== 'silence') return undefined;
  const { lastTs } = cause;
  return { deviceId, domain, lastHeardAt: typeof lastTs === 'number' ? lastTs : raisedAt.getTime(), bridgeId: null };
}
