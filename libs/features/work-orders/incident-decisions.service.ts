import { Injectable } from '@nestjs/common';
import { compareSeverity, type MergeIncident, type Person, type SplitIncident } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { isTransientDatabaseError, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { IncidentJoining } from './incident-joining.js';
import { IncidentSplitting } from './incident-splitting.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { IncidentSteps } from './incident-steps.js';
import { refusals } from './refusals.js';
import { refuse, type Refusal } from './step-context.js';

/** The incident that came of it: the new one, or the one that remained. */
export type DecisionResult = { ok: true; incidentId: string } | Refusal;

/** A deadlock or lost race is over when the other transaction is; three meetings in a row are not chance. */
const mostAttempts = 3;

const absent = refuse('not-found', refusals.noIncidentOfYours);

/** What people do with incidents: split and merge. Refusals are answers, not exceptions. */
@Injectable()
export class IncidentDecisions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    private readonly incidents: Incidents,
    private readonly steps: IncidentSteps,
    private readonly joining: IncidentJoining,
    private readonly splitting: IncidentSplitting,
  ) {}

  /** Chosen alarms become an incident of their own, with an order if they ask for a person. The same request again is the same split. */
  split(person: Person, id: string, request: SplitIncident): Promise<DecisionResult> {
    return this.attempt(async (transaction) => {
      const found = (await this.incidents.lockWithOrders(transaction, [id])).get(id);
      if (!found || !(await this.maySee(transaction, person, found.incident))) return absent;
      const earlier = await this.steps.earlier(transaction, id, request.requestId);
      if (earlier) {
        const same = earlier.action === 'split' && earlier.actorId === person.id && earlier.data['from'] === id;
        return same ? { ok: true, incidentId: String(earlier.data['into']) } : usedBefore;
      }
      if (found.incident.state === 'closed') return refuse('conflict', refusals.incidentClosed);
      const result = await this.splitting.split(transaction, found, request, { kind: 'person', id: person.id });
      return 'ok' in result ? result : { ok: true, incidentId: result.id };
    });
  }

  /** The other incident becomes part of this one. The same request again, or one that asks for what is so, changes nothing. */
  merge(
    person: Person,
    id: string,
    { incidentId: otherId, reason, requestId }: MergeIncident,
  ): Promise<DecisionResult> {
    if (otherId === id) return Promise.resolve(refuse('invalid-request', refusals.intoItself));
    return this.attempt(async (transaction) => {
      const found = await this.incidents.lockWithOrders(transaction, [id, otherId]);
      const [survivor, other] = [found.get(id), found.get(otherId)];
      if (!survivor || !other) return absent;
      for (const { incident } of [survivor, other])
        if (!(await this.maySee(transaction, person, incident))) return absent;
      if (other.incident.mergedInto === id) return { ok: true, incidentId: id };
      if (await this.steps.earlier(transaction, id, requestId)) return usedBefore;
      if (survivor.incident.state === 'closed' || other.incident.state === 'closed')
        return refuse('conflict', refusals.onlyOpenIncidents);
      if (!(await this.sameCommunity(transaction, survivor.incident, other.incident)))
        return refuse('invalid-request', refusals.farApart);
      if (!mayRemain(survivor.order, other.order)) return refuse('conflict', refusals.graverRemains);
      const actor = { kind: 'person', id: person.id } as const;
      await this.joining.join(transaction, survivor, other, { actor, reason, requestId });
      return { ok: true, incidentId: id };
    });
  }

  private async attempt(work: (transaction: Transaction) => Promise<DecisionResult>): Promise<DecisionResult> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.unitOfWork.run(work);
      } catch (error) {
        if (attempt >= mostAttempts || !isTransientDatabaseError(error)) throw error;
      }
    }
  }

  private maySee({ db }: Transaction, person: Person, { areaId }: IncidentRow): Promise<boolean> {
    return this.directory.isInScope(person.areaId, areaId, db);
  }

  private async sameCommunity({ db }: Transaction, a: IncidentRow, b: IncidentRow): Promise<boolean> {
    if (a.areaId === b.areaId) return true;
    const [one, two] = [await this.directory.communityOf(a.areaId, db), await this.directory.communityOf(b.areaId, db)];
    return one !== undefined && one === two;
  }
}

/** Nobody sent to a fire becomes the duplicate of somebody sent to change a battery. */
const mayRemain = (
  order: Pick<Row<'workOrders'>, 'severity'> | undefined,
  other: Pick<Row<'workOrders'>, 'severity'> | undefined,
): boolean => !other || (order !== undefined && compareSeverity(order.severity, other.severity) <= 0);

const usedBefore = refuse('conflict', refusals.usedBefore);
