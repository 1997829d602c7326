import { Inject, Injectable } from '@nestjs/common';
import { compareSeverity, type Severity } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Row, Transaction } from '@sc/platform/database';
import { dispatchActor } from './dispatcher.js';

export type IncidentRow = Row<'incidents'>;

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
    { db, emit, audit }: Transaction,
    alarm: Row<'alarms'>,
    areaId: string,
    category: string,
  ): Promise<IncidentRow | undefined> {
    const { domain, severity } = alarm;
    const incident = await db
      .insertInto('incidents')
      .values({
        id: this.ids.next(),
        domain,
        category,
        areaId,
        severity,
        state: 'open',
        openedAt: new Date(this.clock.now()),
      })
      .onConflict((conflict) =>
        conflict.columns(['areaId', 'domain', 'category']).where('state', '=', 'open').doNothing(),
      )
      .returningAll()
      .executeTakeFirst();
    if (!incident) return undefined;
    emit({
      type: 'incident.opened.v1',
      payload: { incidentId: incident.id, areaId, domain, severity },
      areaId,
      subjectId: incident.id,
    });
    audit({
      actor: dispatchActor,
      action: 'incident.opened',
      subjectType: 'incident',
      subjectId: incident.id,
      change: { areaId, domain, category, severity, alarmId: alarm.id },
    });
    return incident;
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
