import { Inject, Injectable } from '@nestjs/common';
import { type AuditAction, compareSeverity, type Severity } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Actor, Database, Row, Transaction } from '@sc/platform/database';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { dispatchActor } from './dispatch-actor.js';
import { openTargets, placementsOf } from './incident-targets.js';
import { endedStates } from './machine.js';
import { type Matter, matterKey } from './matter.js';

export type IncidentRow = Row<'incidents'>;

/** Each round can only fail because another transaction closed the incident between two statements. */
const mostRounds = 5;

/**
 * One matter, one open incident: several alarms of one fire belong together, but a fire is never part of the flat battery
 * that somebody accepted this morning. What people split and merged stays as they left it (`incident-targets.ts`).
 */
@Injectable()
export class Incidents {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** The open incident the alarm belongs to, made if there is none; locked until the end of the transaction. */
  async openFor(
    transaction: Transaction,
    alarm: Row<'alarms'>,
    { matter, own }: { matter: Matter; own: Matter },
  ): Promise<IncidentRow> {
    for (let round = 0; round < mostRounds; round += 1) {
      const incident =
        (await this.lockTarget(transaction, alarm, matter, own)) ?? (await this.insert(transaction, alarm, matter));
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
   * The open incidents that the alarms of these matters join, where they have an open order, by {@link matterKey}.
   * @param how `locked`: until the end of the transaction, in one order for all, incidents first
   */
  async openWithOrder(
    db: Kysely<Database>,
    matters: readonly Matter[],
    how?: 'locked',
  ): Promise<Map<string, { incident: IncidentRow; order: Row<'workOrders'> }>> {
    const targets = await openTargets(db, matters);
    const lock = how ? sql`for update` : sql``;
    const { rows: incidents } = await sql<IncidentRow>`
      select * from incidents where id = any(${[...new Set(targets.values())]}::uuid[]) and state = 'open'
      order by id ${lock}`.execute(db);
    const byId = new Map(incidents.map((incident) => [incident.id, incident]));
    const byIncident = await this.openOrders(db, incidents, lock);
    const open = new Map<string, { incident: IncidentRow; order: Row<'workOrders'> }>();
    for (const [key, id] of targets) {
      const [incident, order] = [byId.get(id), byIncident.get(id)];
      if (incident && order) open.set(key, { incident, order });
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
    const fresh = await transaction.db
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
        conflict
          .columns(['areaId', 'domain', 'category'])
          .where('state', '=', 'open')
          .where('splitFrom', 'is', null)
          .doNothing(),
      )
      .returningAll()
      .execute();
    const incidents = await this.withoutMerged(transaction, fresh);
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
      where incident_id = any(${incidents.map(({ id }) => id)}::uuid[]) and state <> all(${endedStates}::text[])
      order by id ${lock}`.execute(db);
    return new Map(rows.map((order) => [order.incidentId!, order]));
  }

  async lock({ db }: Transaction, incidentId: string): Promise<IncidentRow> {
    return db.selectFrom('incidents').selectAll().where('id', '=', incidentId).forUpdate().executeTakeFirstOrThrow();
  }

  /** Locked, the incident the alarm is part of; a person may have moved it to another one while we waited. */
  async lockOf(transaction: Transaction, alarm: Pick<Row<'alarms'>, 'id'>): Promise<IncidentRow | undefined> {
    const ask = () =>
      transaction.db.selectFrom('alarms').select('incidentId').where('id', '=', alarm.id).executeTakeFirstOrThrow();
    let { incidentId } = await ask();
    for (let round = 0; incidentId && round < mostRounds; round += 1) {
      const incident = await this.lock(transaction, incidentId);
      ({ incidentId } = await ask());
      if (incidentId === incident.id) return incident;
    }
    if (!incidentId) return undefined;
    throw new Error('the alarm kept being moved under us');
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
      .where('state', 'not in', endedStates)
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

  /**
   * Locked, the incident in which a person put this condition, or the one that gathers its matter. Who waited for the lock
   * looks again: meanwhile a person may have split it off.
   */
  private async lockTarget(
    transaction: Transaction,
    alarm: Row<'alarms'>,
    matter: Matter,
    own: Matter,
  ): Promise<IncidentRow | undefined> {
    const { db } = transaction;
    const place = async () => (await placementsOf(db, [{ alarm, own }])).get(alarm.id);
    const id = (await place()) ?? (await openTargets(db, [matter])).get(matterKey(matter));
    if (!id) return undefined;
    const incident = await this.lock(transaction, id);
    const placed = await place();
    if (placed && placed !== id) return this.lock(transaction, placed).then((row) => (isOpen(row) ? row : undefined));
    return isOpen(incident) ? incident : undefined;
  }

  private async insert(
    transaction: Transaction,
    alarm: Row<'alarms'>,
    matter: Matter,
  ): Promise<IncidentRow | undefined> {
    return (await this.openAll(transaction, [{ matter, alarm }])).get(matterKey(matter));
  }

  /**
   * Whose matter was merged while we waited for the unique index belongs to the one that remained: a new one would
   * gather beside it. Nobody was told of it yet.
   */
  private async withoutMerged({ db }: Transaction, fresh: readonly IncidentRow[]): Promise<readonly IncidentRow[]> {
    if (!fresh.length) return fresh;
    const targets = await openTargets(db, fresh, 'merged');
    const needless = fresh.filter((incident) => targets.has(matterKey(incident)));
    if (!needless.length) return fresh;
    const ids = needless.map(({ id }) => id);
    await db.deleteFrom('incidents').where('id', 'in', ids).execute();
    return fresh.filter(({ id }) => !ids.includes(id));
  }

  /** Event and audit entry of a new one. */
  tellOpened({ emit, audit }: Transaction, incident: IncidentRow, alarmId: string, actor: Actor = dispatchActor): void {
    const { id, areaId, domain, category, severity } = incident;
    emit({
      type: 'incident.opened.v1',
      payload: { incidentId: id, areaId, domain, severity },
      areaId,
      subjectId: id,
    });
    audit({
      actor,
      action: 'incident.opened',
      subjectType: 'incident',
      subjectId: id,
      change: { areaId, domain, category, severity, alarmId },
    });
  }

  /** Event and audit entry of a change. */
  tell(
    { emit, audit }: Transaction,
    { id, areaId, state, severity }: IncidentRow,
    action: AuditAction,
    actor: Actor = dispatchActor,
    facts: Record<string, unknown> = {},
  ): void {
    const payload = { incidentId: id, areaId, state, severity };
    emit({ type: 'incident.changed.v1', payload, areaId, subjectId: id });
    const change = { state, severity, ...facts };
    audit({ actor, action, subjectType: 'incident', subjectId: id, change });
  }
}

const isOpen = ({ state }: IncidentRow): boolean => state === 'open';
