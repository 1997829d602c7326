import { Inject, Injectable } from '@nestjs/common';
import { compareSeverity, type Severity } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Database, Row, Transaction } from '@sc/platform/database';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { dispatchActor } from './dispatch-actor.js';

export type IncidentRow = Row<'incidents'>;

/** What an open incident is about; there is one for each. */
export type Matter = Pick<IncidentRow, 'areaId' | 'domain' | 'category'>;
/** None of the three may hold a space. */
export const matterKey = ({ areaId, domain, category }: Matter): string => `${areaId} ${domain} ${category}`;

/** Each round can only fail because another transaction closed the incident between two statements. */
const mostRounds = 5;

/**
 * One place, one domain, one kind of work, one open incident: several alarms of one fire are one matter, but a fire is
 * never part of the flat battery that somebody accepted this morning.
 */
@Injectable()
export class Incidents {
  constructor(
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** The open incident the alarm belongs to, made if there is none; locked until the end of the transaction. */
  async openFor(transaction: Transaction, alarm: Row<'alarms'>, category: string): Promise<IncidentRow> {
    const areaId = await this.directory.buildingOf(alarm.areaId, transaction.db);
    for (let round = 0; round < mostRounds; round += 1) {
      const incident =
        (await this.insert(transaction, alarm, areaId, category)) ??
        (await this.lockOpen(transaction, alarm, areaId, category));
      if (!incident) continue;
      await transaction.db
        .updateTable('alarms')
        .set({ incidentId: incident.id })
        .where('id', '=', alarm.id)
        .where(({ or, eb }) => or([eb('incidentId', 'is', null), eb('incidentId', '!=', incident.id)]))
        .execute();
      return this.raiseSeverity(transaction, incident, alarm.severity);
    }
    throw new Error('the open incident of this place kept closing under us');
  }

  /**
   * The open incidents of these matters that have an open order, by {@link matterKey}.
   * @param how `locked`: until the end of the transaction, in one order for all, incidents first
   */
  async openWithOrder(
    db: Kysely<Database>,
    matters: readonly Matter[],
    how?: 'locked',
  ): Promise<Map<string, { incident: IncidentRow; order: Row<'workOrders'> }>> {
    const each = (name: keyof Matter) => matters.map((matter) => matter[name]);
    const lock = how ? sql`for update` : sql``;
    const { rows: incidents } = await sql<IncidentRow>`
      select * from incidents
      where state = 'open' and (area_id, domain, category) in (
        select * from unnest(${each('areaId')}::text[], ${each('domain')}::text[], ${each('category')}::text[]))
      order by id ${lock}`.execute(db);
    const byIncident = await this.openOrders(db, incidents, lock);
    const open = new Map<string, { incident: IncidentRow; order: Row<'workOrders'> }>();
    for (const incident of incidents) {
      const order = byIncident.get(incident.id);
      if (order) open.set(matterKey(incident), { incident, order });
    }
    return open;
  }

  /** New incidents for alarms whose matter has none open, by {@link matterKey}; in the order given. Others' are left alone. */
  async openAll(
    transaction: Transaction,
    raised: readonly { matter: Matter; alarm: Row<'alarms'> }[],
  ): Promise<Map<string, IncidentRow>> {
    if (!raised.length) return new Map();
    const openedAt = new Date(this.clock.now());
    const incidents = await transaction.db
      .insertInto('incidents')
      .values(
        raised.map(({ matter, alarm: { severity } }) => ({
          ...matter,
          id: this.ids.next(),
          severity,
          state: 'open' as const,
          openedAt,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['areaId', 'domain', 'category']).where('state', '=', 'open').doNothing(),
      )
      .returningAll()
      .execute();
    const alarms = new Map(raised.map(({ matter, alarm }) => [matterKey(matter), alarm]));
    for (const incident of incidents) this.tellOpened(transaction, incident, alarms.get(matterKey(incident))!.id);
    return new Map(incidents.map((incident) => [matterKey(incident), incident]));
  }

  /** Alarms that join incidents which are locked in this transaction; their rows in the order in which the alarms' writer takes them. */
  async adopt(
    { db }: Transaction,
    parties: readonly { incident: IncidentRow; alarms: readonly Pick<Row<'alarms'>, 'id'>[] }[],
  ): Promise<void> {
    const pairs = parties.flatMap(({ incident, alarms }) => alarms.map(({ id }) => ({ id, incidentId: incident.id })));
    if (!pairs.length) return;
    await sql`
      with joining as materialized (
        select alarms.id, x.incident_id from alarms
        join unnest(${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ incidentId }) => incidentId)}::uuid[])
          as x (id, incident_id) on x.id = alarms.id
        order by alarms.id for no key update of alarms
      )
      update alarms set incident_id = joining.incident_id from joining
      where alarms.id = joining.id and alarms.incident_id is distinct from joining.incident_id`.execute(db);
  }

  /** These incidents, whatever their state, with their open orders; locked until the end of the transaction. */
  async lockWithOrders(
    { db }: Transaction,
    ids: readonly string[],
  ): Promise<Map<string, { incident: IncidentRow; order: Row<'workOrders'> | undefined }>> {
    if (!ids.length) return new Map();
    const lock = sql`for update`;
    const { rows: incidents } = await sql<IncidentRow>`
      select * from incidents where id = any(${ids}::uuid[]) order by id ${lock}`.execute(db);
    const orders = await this.openOrders(db, incidents, lock);
    return new Map(incidents.map((incident) => [incident.id, { incident, order: orders.get(incident.id) }]));
  }

  private async openOrders(
    db: Kysely<Database>,
    incidents: readonly IncidentRow[],
    lock: RawBuilder<unknown>,
  ): Promise<Map<string, Row<'workOrders'>>> {
    const { rows } = await sql<Row<'workOrders'>>`
      select * from work_orders
      where incident_id = any(${incidents.map(({ id }) => id)}::uuid[]) and state not in ('closed', 'voided')
      order by id ${lock}`.execute(db);
    return new Map(rows.map((order) => [order.incidentId, order]));
  }

  async lock({ db }: Transaction, incidentId: string): Promise<IncidentRow> {
    return db.selectFrom('incidents').selectAll().where('id', '=', incidentId).forUpdate().executeTakeFirstOrThrow();
  }

  /** An incident is as grave as its gravest alarm ever was. */
  async raiseSeverity(transaction: Transaction, incident: IncidentRow, severity: Severity): Promise<IncidentRow> {
    if (compareSeverity(severity, incident.severity) >= 0) return incident;
    await transaction.db.updateTable('incidents').set({ severity }).where('id', '=', incident.id).execute();
    const raised = { ...incident, severity };
    this.tell(transaction, raised, 'incident.severity-raised');
    return raised;
  }

  /**
   * Closes the incident when its work is final and none of its alarms' conditions holds. Whether those alarms were
   * acknowledged does not matter: the order was verified or voided by a person. What begins again is a new incident.
   * @param incident as locked in this transaction
   */
  async settle(transaction: Transaction, incident: IncidentRow): Promise<void> {
    if (incident.state === 'closed') return;
    const { db } = transaction;
    const openOrder = await db
      .selectFrom('workOrders')
      .select('id')
      .where('incidentId', '=', incident.id)
      .where('state', 'not in', ['closed', 'voided'])
      .executeTakeFirst();
    if (openOrder) return;
    // The share lock makes a raise that is under way finish first, and a later one carry a time after our closing:
    // that is how the handler of the raise knows whether this incident covers it.
    const alarms = await db
      .selectFrom('alarms')
      .select('conditionActive')
      .where('incidentId', '=', incident.id)
      .orderBy('id')
      .forShare()
      .execute();
    if (alarms.some((alarm) => alarm.conditionActive)) return;
    const closedAt = new Date(this.clock.now());
    await db.updateTable('incidents').set({ state: 'closed', closedAt }).where('id', '=', incident.id).execute();
    this.tell(transaction, { ...incident, state: 'closed' }, 'incident.closed');
  }

  private async insert(
    transaction: Transaction,
    alarm: Row<'alarms'>,
    areaId: string,
    category: string,
  ): Promise<IncidentRow | undefined> {
    const matter = { areaId, domain: alarm.domain, category };
    return (await this.openAll(transaction, [{ matter, alarm }])).get(matterKey(matter));
  }

  private tellOpened({ emit, audit }: Transaction, incident: IncidentRow, alarmId: string): void {
    const { id, areaId, domain, category, severity } = incident;
    emit({
      type: 'incident.opened.v1',
      payload: { incidentId: id, areaId, domain, severity },
      areaId,
      subjectId: id,
    });
    audit({
      actor: dispatchActor,
      action: 'incident.opened',
      subjectType: 'incident',
      subjectId: id,
      change: { areaId, domain, category, severity, alarmId },
    });
  }

  private async lockOpen(
    { db }: Transaction,
    alarm: Row<'alarms'>,
    areaId: string,
    category: string,
  ): Promise<IncidentRow | undefined> {
    return db
      .selectFrom('incidents')
      .selectAll()
      .where('areaId', '=', areaId)
      .where('domain', '=', alarm.domain)
      .where('category', '=', category)
      .where('state', '=', 'open')
      .forUpdate()
      .executeTakeFirst();
  }

  private tell({ emit, audit }: Transaction, { id, areaId, state, severity }: IncidentRow, action: string): void {
    const payload = { incidentId: id, areaId, state, severity };
    emit({ type: 'incident.changed.v1', payload, areaId, subjectId: id });
    const change = { state, severity };
    audit({ actor: dispatchActor, action, subjectType: 'incident', subjectId: id, change });
  }
}
