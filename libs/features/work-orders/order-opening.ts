import { Injectable } from '@nestjs/common';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { JobClaims } from '@sc/platform/jobs';
import type { Raised } from './alarm-gathering.js';
import { Dispatcher } from './dispatcher.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { matterKey } from './matter.js';
import { type Opening, OrderIntake } from './order-intake.js';
import { OrderLedger } from './order-ledger.js';

interface Begun extends Raised {
  incident: IncidentRow;
}

/** Incidents and orders of many places in one transaction, each as if its first alarm had come alone. */
@Injectable()
export class OrderOpening {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly incidents: Incidents,
    private readonly intake: OrderIntake,
    private readonly dispatcher: Dispatcher,
    private readonly ledger: OrderLedger,
  ) {}

  /**
   * One alarm for each matter. Where an incident is open already, or another delivery has the job, nothing happens and the
   * job stays as it is. Everybody makes incidents in the order of their matters, so that nobody waits in a circle.
   */
  async open(firsts: readonly Raised[]): Promise<void> {
    const sorted = firsts.toSorted((a, b) => (matterKey(a.matter) < matterKey(b.matter) ? -1 : 1));
    await this.unitOfWork.run(async (transaction) => {
      const jobs = sorted.map(({ job }) => job);
      const ours = new Set(await this.claims.claimAll(transaction, jobs));
      const claimed = sorted.filter(({ job }) => ours.has(job));
      const incidents = await this.incidents.openAll(transaction, claimed);
      const begun = claimed.flatMap((one): Begun[] => {
        const incident = incidents.get(matterKey(one.matter));
        return incident ? [{ ...one, incident }] : [];
      });
      const others = claimed.filter(({ matter }) => !incidents.has(matterKey(matter)));
      await this.claims.giveBack(
        transaction,
        others.map(({ job }) => job),
      );
      await this.incidents.adopt(
        transaction,
        begun.map(({ incident, alarm }) => ({ incident, alarms: [alarm] })),
      );
      await this.giveOrders(transaction, begun);
    });
  }

  /** An order that a sensor may judge, and one for which no officer is on shift, takes the way of one. */
  private async giveOrders(transaction: Transaction, begun: readonly Begun[]): Promise<void> {
    const usual = begun.filter(({ template }) => template.verifier === 'staff');
    const places = await this.intake.placesOf(
      transaction,
      usual.map(({ alarm }) => alarm.deviceId),
    );
    const openings: Opening[] = [];
    for (const { incident, alarm, template } of usual)
      openings.push(await this.intake.prepare(transaction, incident, alarm, template, places.get(alarm.deviceId)));
    const given = await this.dispatcher.giveAll(transaction, openings);
    await this.ledger.begin(transaction, given);
    const done = new Set(given.map(({ alarm }) => alarm.id));
    for (const { incident, alarm, template } of begun)
      if (!done.has(alarm.id)) await this.intake.begin(transaction, incident, alarm, template);
  }
}
