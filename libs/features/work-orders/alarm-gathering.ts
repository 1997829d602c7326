import { Inject, Injectable } from '@nestjs/common';
import { compareSeverity, silencedStates, type CaseItem } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { DATABASE, type Database, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { type Job, JobClaims } from '@sc/platform/jobs';
import { type Kysely, sql } from 'kysely';
import { placementsOf } from './incident-targets.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { matterKey, sharedCause } from './matter.js';
import { type Belonging, Matters } from './matters.js';
import { OrderLedger, type WorkOrderRow } from './order-ledger.js';
import { OrderOpening } from './order-opening.js';

type RaiseJob = Job<'open-incident'>;
/** An alarm that asks for a person, and the matter it belongs to. */
export interface Raised extends Belonging {
  job: RaiseJob;
  alarm: Row<'alarms'>;
}
interface OpenMatter {
  incident: IncidentRow;
  order: WorkOrderRow;
}

/**
 * A storm in few transactions: the first alarms of all places get their incidents and orders at once, those that only
 * join what is open come after. Whatever is not that plain is left to the handler of one.
 */
@Injectable()
export class AlarmGathering {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly incidents: Incidents,
    private readonly opening: OrderOpening,
    private readonly ledger: OrderLedger,
    private readonly matters: Matters,
    private readonly directory: Directory,
  ) {}

  /** What is not claimed afterwards is for the handler of one. */
  async gather(jobs: readonly RaiseJob[]): Promise<void> {
    const raised = await this.read(jobs);
    const open = await this.incidents.openWithOrder(
      this.database,
      raised.map(({ matter }) => matter),
    );
    const firsts = await this.inTurn(raised.filter(({ matter }) => !open.has(matterKey(matter))));
    for (let start = 0; start < firsts.length; start += opensAtOnce)
      await this.opening.open(firsts.slice(start, start + opensAtOnce));
    if (raised.length > firsts.length || open.size)
      await this.unitOfWork.run((transaction) => this.join(transaction, raised));
  }

  /**
   * One alarm of each matter, the gravest first, then place by place: assigning goes one after the other in a community, and
   * fifty orders of one hold up nobody in the others.
   */
  private async inTurn(raised: readonly Raised[]): Promise<Raised[]> {
    const placed: { one: Raised; path: string }[] = [];
    for (const one of gravestOfEach(raised))
      placed.push({ one, path: (await this.directory.areaPath(one.matter.areaId)).join(' ') });
    placed.sort((a, b) => compareSeverity(a.one.alarm.severity, b.one.alarm.severity) || (a.path < b.path ? -1 : 1));
    return placed.map(({ one }) => one);
  }

  /** Those about which there is nothing to ask: a lost event or an alarm without a template fails alone. */
  private async read(jobs: readonly RaiseJob[]): Promise<Raised[]> {
    const { rows } = await sql<Row<'alarms'> & { eventId: string }>`
      select e.id as event_id, a.* from outbox e join alarms a on a.id = (e.payload ->> 'alarmId')::uuid
      where e.id = any(${jobs.map(({ payload }) => payload.eventId)}::uuid[]) and e.type = 'alarm.raised.v1'
        and (e.payload ->> 'workOrder')::boolean and (a.condition_active or a.incident_id is null)
        and a.state <> all(${[...silencedStates]}::text[])`.execute(this.database);
    const alarms = new Map(rows.map(({ eventId, ...alarm }) => [eventId, alarm]));
    const belongings = await this.matters.of([...alarms.values()]);
    const raised = jobs.flatMap((job): Raised[] => {
      const alarm = alarms.get(job.payload.eventId);
      const belonging = alarm && belongings.get(alarm.id);
      return belonging ? [{ job, alarm, ...belonging }] : [];
    });
    const placed = await placementsOf(this.database, raised);
    return raised.filter((one) => !placed.has(one.alarm.id) && !callsOthersIn(one));
  }

  /** Rows are locked incident first, then order, as everywhere; jobs and alarms last, without waiting for another handler. */
  private async join(transaction: Transaction, raised: readonly Raised[]): Promise<void> {
    const matters = raised.map(({ matter }) => matter);
    const open = await this.incidents.openWithOrder(transaction.db, matters, 'locked');
    // Asked when the incidents are locked: a person may have split one off meanwhile.
    const placed = await placementsOf(transaction.db, raised);
    const plain = raised.filter(
      ({ alarm, template, matter }) => !placed.has(alarm.id) && isPlain(alarm, template, open.get(matterKey(matter))),
    );
    const ours = new Set(
      await this.claims.claimAll(
        transaction,
        plain.map(({ job }) => job),
      ),
    );
    const joining = Map.groupBy(
      plain.filter(({ job }) => ours.has(job)),
      ({ matter }) => matterKey(matter),
    );
    const parties = [...joining].map(([key, party]) => ({
      ...open.get(key)!,
      // Raised twice within the bundle: once part of it.
      alarms: [...new Map(party.map(({ alarm }) => [alarm.id, alarm])).values()],
    }));
    await this.ledger.link(transaction, parties);
    await this.incidents.adopt(transaction, parties);
  }
}

/** It was part of another incident before the others fell silent, as they may have been: they come together one by one. */
const callsOthersIn = ({ alarm, matter }: Raised): boolean =>
  matter.category === sharedCause.category && alarm.incidentId !== null;

/** Changes neither how grave the matter is nor who may judge that it is over, and belongs to no other. */
function isPlain(alarm: Row<'alarms'>, template: CaseItem, open: OpenMatter | undefined): boolean {
  if (!open) return false;
  const { incident, order } = open;
  return (
    (alarm.incidentId === null || alarm.incidentId === incident.id) &&
    compareSeverity(alarm.severity, incident.severity) >= 0 &&
    compareSeverity(alarm.severity, order.severity) >= 0 &&
    (template.verifier === 'sensor-or-staff' || !order.sensorVerifies)
  );
}

/** Orders of one transaction: enough to share its cost, few enough that the first are out soon. */
const opensAtOnce = 50;

/** One alarm of each matter. */
function gravestOfEach(raised: readonly Raised[]): Raised[] {
  const firsts = new Map<string, Raised>();
  for (const one of raised) {
    const key = matterKey(one.matter);
    const first = firsts.get(key);
    if (!first || compareSeverity(one.alarm.severity, first.alarm.severity) < 0) firsts.set(key, one);
  }
  return [...firsts.values()];
}
