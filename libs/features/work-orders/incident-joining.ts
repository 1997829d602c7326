import { Inject, Injectable } from '@nestjs/common';
import { compareSeverity } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import type { Actor, Row, Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { type IncidentRow, Incidents } from './incidents.js';
import { IncidentSteps } from './incident-steps.js';
import { OrderLedger, type WorkOrderRow } from './order-ledger.js';

export interface LockedIncident {
  incident: IncidentRow;
  order: WorkOrderRow | undefined;
}

/** Who does it, and why. */
export interface Decision {
  actor: Actor;
  reason?: string;
  requestId?: string;
}

/** One open incident becomes part of another. Its alarms move, its story stays where it was and is told in both. */
@Injectable()
export class IncidentJoining {
  constructor(
    private readonly incidents: Incidents,
    private readonly steps: IncidentSteps,
    private readonly ledger: OrderLedger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One order remains: that of the incident that remains; the other ends as its duplicate and its holder is told.
   * @param survivor with an open order if the other has one; both open, with their orders, as locked in this transaction
   */
  async join(
    transaction: Transaction,
    survivor: LockedIncident,
    other: LockedIncident,
    decision: Decision,
  ): Promise<LockedIncident> {
    const { db } = transaction;
    const [into, from] = [survivor.incident, other.incident];
    const closedAt = new Date(this.clock.now());
    const alarms = await this.moveAlarms(transaction, from.id, into.id);
    const closed = { state: 'closed' as const, closedAt, mergedInto: into.id };
    await db.updateTable('incidents').set(closed).where('id', '=', from.id).execute();
    // What was merged into it before, and what people put there, follows in one step: nobody has to walk a chain.
    await db.updateTable('incidents').set({ mergedInto: into.id }).where('mergedInto', '=', from.id).execute();
    await db.updateTable('incidentPlacements').set({ incidentId: into.id }).where('incidentId', '=', from.id).execute();
    const order = await this.endDuplicate(transaction, survivor, other, decision);
    const facts = { into: into.id, from: from.id, alarms: alarms.length };
    await this.steps.record(transaction, [from, into], { action: 'merge', ...decision, data: facts });
    this.incidents.tell(transaction, { ...from, ...closed }, 'incident.merged', decision.actor, facts);
    const incident = await this.incidents.raiseSeverity(transaction, into, from.severity);
    this.incidents.tell(transaction, incident, 'incident.joined', decision.actor, facts);
    return { incident, order };
  }

  /** Rows in the order in which everybody takes them. */
  private async moveAlarms({ db }: Transaction, from: string, into: string): Promise<Pick<Row<'alarms'>, 'id'>[]> {
    const { rows } = await sql<{ id: string }>`
      with moving as materialized (
        select id from alarms where incident_id = ${from} order by id for no key update
      )
      update alarms set incident_id = ${into} from moving where alarms.id = moving.id returning alarms.id`.execute(db);
    return rows;
  }

  private async endDuplicate(
    transaction: Transaction,
    { order: remaining }: LockedIncident,
    { incident, order: duplicate }: LockedIncident,
    { actor, reason }: Decision,
  ): Promise<WorkOrderRow | undefined> {
    if (!duplicate || !remaining) return remaining;
    const data = { duplicateOf: remaining.id, incidentId: remaining.incidentId };
    const set = { closedAt: new Date(this.clock.now()), acceptBy: null, duplicateOf: remaining.id };
    // What was verified was proven: it is closed as it would have been anyway.
    const step =
      duplicate.state === 'verified'
        ? ({ action: 'close', to: 'closed' } as const)
        : ({ action: 'merge', to: 'voided' } as const);
    await this.ledger.record(transaction, duplicate, { ...step, actor, note: reason, data, set });
    const graver = compareSeverity(duplicate.severity, remaining.severity) < 0;
    return this.ledger.record(transaction, remaining, {
      action: 'link-alarm',
      to: remaining.state,
      actor,
      data: { mergedIncidentId: incident.id, duplicateId: duplicate.id },
      set: {
        ...(graver ? { severity: duplicate.severity } : {}),
        ...(duplicate.sensorVerifies ? {} : { sensorVerifies: false }),
      },
    });
  }
}
