import { Inject, Injectable } from '@nestjs/common';
import type { Incident, IncidentDetail, IncidentQuery, ListedIncident, Page, Person, Severity } from '@sc/contracts';
import { areaScope, Directory, placeName } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { decodeCursor, encodeCursor, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { OrderAccess } from '../access.js';
import { probableCauseOf } from '../matter.js';
import { silenceOf } from '../matters.js';
import { orderNumber } from '../order-ledger.js';
import { OrderClockView } from '../order-clock-view.js';
import { refusals } from '../refusals.js';
import { alarmIdsOf, alarmsByIds, incidentsOf } from './incident-alarms.js';
import { timelineOf } from './timeline.js';
import { toWorkOrder, visibleOrders } from './work-order-rows.js';

/** Read models of incidents, as one person may see them. */
@Injectable()
export class IncidentsReader {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly access: OrderAccess,
    private readonly directory: Directory,
    private readonly clocks: OrderClockView,
  ) {}

  /** Newest first, of the person's area. @throws ProblemError `not-found` for `mergeableWith` out of sight */
  async list(person: Person, query: IncidentQuery): Promise<Page<ListedIncident>> {
    let select = this.view().where(areaScope(person.areaId));
    if (query.state === 'open') select = select.where('incidents.state', '=', 'open');
    if (query.areaId) select = select.where(areaScope(query.areaId));
    if (query.deviceId) select = select.where('incidents.id', 'in', incidentsOf(this.database, query.deviceId));
    if (query.mergeableWith)
      select = select
        .where('incidents.id', '<>', query.mergeableWith)
        .where(areaScope(await this.communityOf(person, query.mergeableWith)));
    if (query.cursor) {
      const [openedAt, id] = decodeCursor(query.cursor, 2);
      select = select.where(
        sql<boolean>`(incidents.opened_at, incidents.id::text) < (to_timestamp(${openedAt}::float8 / 1000), ${id})`,
      );
    }
    const rows = await select
      .orderBy('incidents.openedAt', 'desc')
      .orderBy(sql`incidents.id::text`, 'desc')
      .limit(query.limit + 1)
      .execute();
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: await this.listed(shown),
      nextCursor: rows.length > query.limit && last ? encodeCursor([last.openedAt.getTime(), last.id]) : null,
    };
  }

  /**
   * Of a merged incident the page is that of all that became one: nothing is lost by merging.
   * @throws ProblemError `not-found`, also for an incident in which the person may see neither place nor order
   */
  async detail(person: Person, id: string): Promise<IncidentDetail> {
    const row = await this.view().where('incidents.id', '=', id).executeTakeFirst();
    const family = await this.familyOf(row ?? { id, mergedInto: null });
    const orders = await visibleOrders(this.database, person)
      .where('workOrders.incidentId', 'in', family)
      .orderBy('workOrders.createdAt')
      .orderBy('workOrders.id')
      .execute();
    const inScope = row && (await this.directory.isInScope(person.areaId, row.areaId));
    if (!row || (!inScope && !orders.length)) throw new ProblemError('not-found', refusals.noIncident);
    const alarmIds = await alarmIdsOf(this.database, family);
    const viewpoint = await this.access.viewpointOf(person);
    const clocks = await this.clocks.of(orders);
    const orderIds = orders.map((order) => order.id);
    return {
      ...toIncident(row),
      merged: family.filter((one) => one !== id && one !== row.mergedInto),
      probableCause: await this.probableCause(row.mergedInto ?? id),
      alarms: await alarmsByIds(this.database, alarmIds),
      workOrders: await Promise.all(orders.map((order) => toWorkOrder(order, viewpoint, clocks.get(order.id)))),
      timeline: await timelineOf(this.database, alarmIds, orderIds, family),
    };
  }

  view() {
    return this.database
      .selectFrom('incidents')
      .innerJoin('areas', 'areas.id', 'incidents.areaId')
      .selectAll('incidents')
      .select(placeName.as('areaName'));
  }

  /** The one that remained and all that were merged into it. */
  private async familyOf({ id, mergedInto }: { id: string; mergedInto: string | null }): Promise<string[]> {
    const root = mergedInto ?? id;
    const rows = await this.database.selectFrom('incidents').select('id').where('mergedInto', '=', root).execute();
    return [...new Set([root, id, ...rows.map((row) => row.id)])];
  }

  private async communityOf(person: Person, id: string): Promise<string> {
    const row = await this.database.selectFrom('incidents').select('areaId').where('id', '=', id).executeTakeFirst();
    if (!row || !(await this.directory.isInScope(person.areaId, row.areaId)))
      throw new ProblemError('not-found', refusals.noIncident);
    return (await this.directory.communityOf(row.areaId)) ?? row.areaId;
  }

  private async probableCause(incidentId: string): Promise<IncidentDetail['probableCause']> {
    const rows = await this.database
      .selectFrom('alarms')
      .innerJoin('devices', 'devices.id', 'alarms.deviceId')
      .selectAll('alarms')
      .select('devices.bridgeId')
      .where('incidentId', '=', incidentId)
      .execute();
    const silent = rows.flatMap(({ bridgeId, ...alarm }) => {
      const silence = silenceOf(alarm);
      return silence ? [{ ...silence, bridgeId }] : [];
    });
    return probableCauseOf(silent);
  }

  private async listed(rows: readonly ViewRow[]): Promise<ListedIncident[]> {
    const ids = rows.map(({ id }) => id);
    const { rows: facts } = await sql<{
      incidentId: string;
      alarms: number;
      order: { id: string; sequence: number; state: string; severity: Severity; name: string | null } | null;
    }>`
      select i.id as incident_id, (select count(*)::int from alarms a where a.incident_id = i.id) as alarms,
        (select jsonb_build_object('id', o.id, 'sequence', o.sequence, 'state', o.state, 'severity', o.severity, 'name', p.name)
          from work_orders o left join people p on p.id = o.assignee_id
          where o.incident_id = i.id and o.state not in ('closed', 'evaluated', 'voided')) as order
      from unnest(${ids}::uuid[]) as i (id)`.execute(this.database);
    const byId = new Map(facts.map((fact) => [fact.incidentId, fact]));
    return rows.map((row) => {
      const { alarms, order } = byId.get(row.id)!;
      const workOrder = order && {
        id: order.id,
        number: orderNumber(order.sequence),
        state: order.state as NonNullable<ListedIncident['workOrder']>['state'],
        severity: order.severity,
        assigneeName: order.name,
      };
      return { ...toIncident(row), alarms, workOrder };
    });
  }
}

type ViewRow = Awaited<ReturnType<ReturnType<IncidentsReader['view']>['execute']>>[number];

const toIncident = (row: ViewRow): Incident => ({
  id: row.id,
  domain: row.domain,
  category: row.category,
  state: row.state,
  severity: row.severity,
  areaId: row.areaId,
  areaName: row.areaName,
  openedAt: row.openedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
  mergedInto: row.mergedInto,
  splitFrom: row.splitFrom,
});
