import { Inject, Injectable } from '@nestjs/common';
import { compareSeverity, isSilenced, type SplitIncident } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Actor, Row, Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { type IncidentRow, Incidents } from './incidents.js';
import type { LockedIncident } from './incident-joining.js';
import { IncidentSteps } from './incident-steps.js';
import { type Belonging, Matters } from './matters.js';
import { OrderIntake } from './order-intake.js';
import { OrderLedger } from './order-ledger.js';
import { refusals } from './refusals.js';
import { SensorProof } from './sensor-proof.js';
import { refuse, type Refusal } from './step-context.js';

type Alarm = Row<'alarms'>;

/** Some alarms of an incident become one of their own; what of them repeats stays there while it is open. */
@Injectable()
export class IncidentSplitting {
  constructor(
    private readonly incidents: Incidents,
    private readonly steps: IncidentSteps,
    private readonly matters: Matters,
    private readonly intake: OrderIntake,
    private readonly ledger: OrderLedger,
    private readonly proof: SensorProof,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * @param from open, with its order, as locked in this transaction
   * @returns the new incident, or what is wrong with the choice
   */
  async split(
    transaction: Transaction,
    from: LockedIncident,
    { alarmIds, reason, requestId }: SplitIncident,
    actor: Actor,
  ): Promise<IncidentRow | Refusal> {
    const { db } = transaction;
    const wanted = new Set(alarmIds);
    const present = await db
      .selectFrom('alarms')
      .selectAll()
      .where('incidentId', '=', from.incident.id)
      .orderBy('id')
      .forNoKeyUpdate()
      .execute();
    const chosen = present.filter(({ id }) => wanted.has(id)).toSorted(gravestAskingFirst);
    if (chosen.length < wanted.size) return refuse('invalid-request', refusals.alarmOfAnother);
    if (chosen.length === present.length) return refuse('invalid-request', refusals.oneAlarmRemains);
    const belongings = await this.matters.of(chosen, db, 'own');
    const [first] = chosen;
    const belonging = first && belongings.get(first.id);
    if (!first || !belonging) return refuse('invalid-request', refusals.noKindOfThese);

    const incident = await this.open(transaction, from.incident, belonging, chosen, actor);
    await this.place(transaction, incident, chosen, belongings);
    const data = { from: from.incident.id, into: incident.id, alarms: chosen.length };
    await this.steps.record(transaction, [from.incident, incident], {
      action: 'split',
      actor,
      reason,
      requestId,
      data,
    });
    this.incidents.tell(transaction, from.incident, 'incident.split', actor, data);
    await this.settleRest(transaction, from);
    await this.giveOrder(transaction, incident, chosen.filter(asksForPerson), belonging);
    await this.incidents.settle(transaction, incident);
    return incident;
  }

  private async open(
    transaction: Transaction,
    { id: splitFrom }: IncidentRow,
    { matter }: Belonging,
    chosen: readonly Alarm[],
    actor: Actor,
  ): Promise<IncidentRow> {
    const [gravest] = chosen.toSorted((a, b) => compareSeverity(a.severity, b.severity));
    const incident = await transaction.db
      .insertInto('incidents')
      .values({
        ...matter,
        id: this.ids.next(),
        severity: gravest!.severity,
        state: 'open',
        openedAt: new Date(this.clock.now()),
        splitFrom,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    this.incidents.tellOpened(transaction, incident, chosen[0]!.id, actor);
    return incident;
  }

  /** Their rows are locked, in the order of their ids. */
  private async place(
    { db }: Transaction,
    { id: incidentId }: IncidentRow,
    chosen: readonly Alarm[],
    belongings: ReadonlyMap<string, Belonging>,
  ): Promise<void> {
    const ids = chosen.map(({ id }) => id);
    await sql`update alarms set incident_id = ${incidentId} where id = any(${ids}::uuid[])`.execute(db);
    const placements = chosen.flatMap(({ id, deviceId, ruleId, subject }) => {
      const category = belongings.get(id)?.own.category;
      return category ? [{ deviceId, ruleId, subject, category, incidentId }] : [];
    });
    // One condition may have two alarms in one incident: that which ended and that which began anew.
    const each = new Map(placements.map((one) => [JSON.stringify([one.deviceId, one.ruleId, one.subject]), one]));
    await db
      .insertInto('incidentPlacements')
      .values([...each.values()])
      .onConflict((conflict) =>
        conflict.columns(['deviceId', 'ruleId', 'subject', 'category']).doUpdateSet({ incidentId }),
      )
      .execute();
  }

  /** What remains may be over without those that went. */
  private async settleRest(transaction: Transaction, { incident, order }: LockedIncident): Promise<void> {
    if (order) await this.proof.close(transaction, incident, order);
    else await this.incidents.settle(transaction, incident);
  }

  private async giveOrder(
    transaction: Transaction,
    incident: IncidentRow,
    asking: readonly Alarm[],
    { template }: Belonging,
  ): Promise<void> {
    const [first, ...others] = asking;
    if (!first) return;
    await this.intake.begin(transaction, incident, first, template);
    const order = (await this.incidents.lockWithOrders(transaction, [incident.id])).get(incident.id)?.order;
    if (order) await this.ledger.link(transaction, [{ order, alarms: others }]);
  }
}

/** Of what is over and seen, or silenced, nobody is asked for. */
const asksForPerson = ({ workOrder, state }: Alarm): boolean => workOrder && state !== 'normal' && !isSilenced(state);

const gravestAskingFirst = (a: Alarm, b: Alarm): number =>
  Number(asksForPerson(b)) - Number(asksForPerson(a)) ||
  compareSeverity(a.severity, b.severity) ||
  (a.id < b.id ? -1 : 1);
