import { Injectable } from '@nestjs/common';
import { type AlarmAction, compareSeverity } from '@sc/contracts';
import { type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { type Job, JobClaims } from '@sc/platform/jobs';
import { sql } from 'kysely';
import { type IncidentRow, Incidents } from './incidents.js';
import type { WorkOrderRow } from './order-ledger.js';

type FollowJob = Job<'follow-incident'>;
type Alarm = Pick<Row<'alarms'>, 'id' | 'incidentId' | 'severity'>;
interface Changed {
  job: FollowJob;
  action: AlarmAction;
  alarm: Alarm | undefined;
}

/** Most changes of alarms change nothing of their incident: those are done together. */
@Injectable()
export class AlarmFollowing {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    private readonly incidents: Incidents,
  ) {}

  /**
   * What is not claimed afterwards is for the handler of one. It looks at the present rows, and all changes of a bundle are
   * committed: where an incident has to be looked at, one of its changes is enough.
   */
  async follow(jobs: readonly FollowJob[]): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const changes = await this.read(transaction, jobs);
      const ids = new Set(changes.flatMap(({ alarm }) => alarm?.incidentId ?? []));
      // Locked, because an order that somebody ends at this moment may make it our turn to close the incident.
      const found = await this.incidents.lockWithOrders(transaction, [...ids]);
      const moved = await this.movedMeanwhile(transaction, changes);
      const looked = new Set<string>();
      const idle = changes.toReversed().filter(({ action, alarm }) => {
        if (action === 'escalate-severity') return false;
        if (!alarm?.incidentId) return true;
        if (moved.has(alarm.id)) return false;
        const { incident, order } = found.get(alarm.incidentId)!;
        if (isIdle(alarm, incident, order)) return true;
        if (compareSeverity(alarm.severity, (order ?? incident).severity) < 0 || !looked.has(incident.id)) {
          looked.add(incident.id);
          return false;
        }
        return true;
      });
      await this.claims.claimAll(
        transaction,
        idle.map(({ job }) => job),
      );
    });
  }

  /** Alarms that a person put into another incident before we had the locks: those are looked at one by one. */
  private async movedMeanwhile({ db }: Transaction, changes: readonly Changed[]): Promise<Set<string>> {
    const alarms = changes.flatMap(({ alarm }) => (alarm?.incidentId ? [alarm] : []));
    if (!alarms.length) return new Set();
    const { rows } = await sql<{ id: string }>`
      select alarms.id from alarms
      join unnest(${alarms.map(({ id }) => id)}::uuid[], ${alarms.map(({ incidentId }) => incidentId)}::uuid[])
        as x (id, incident_id) on x.id = alarms.id
      where alarms.incident_id is distinct from x.incident_id`.execute(db);
    return new Set(rows.map(({ id }) => id));
  }

  private async read({ db }: Transaction, jobs: readonly FollowJob[]): Promise<Changed[]> {
    type Found = { eventId: string; action: AlarmAction; alarmId: string | null } & Alarm;
    const { rows } = await sql<Found>`
      select e.id as event_id, e.payload ->> 'action' as action, a.id as alarm_id, a.id, a.incident_id, a.severity
      from outbox e left join alarms a on a.id = (e.payload ->> 'alarmId')::uuid
      where e.id = any(${jobs.map(({ payload }) => payload.eventId)}::uuid[]) and e.type = 'alarm.changed.v1'`.execute(
      db,
    );
    const found = new Map(rows.map((row) => [row.eventId, row]));
    return jobs.flatMap((job) => {
      const row = found.get(job.payload.eventId);
      return row ? [{ job, action: row.action, alarm: row.alarmId ? row : undefined }] : [];
    });
  }
}

/** Nothing of it depends on this alarm's change. */
function isIdle(alarm: Alarm, incident: IncidentRow, order: WorkOrderRow | undefined): boolean {
  if (incident.state === 'closed') return true;
  const { severity } = alarm;
  if (compareSeverity(severity, incident.severity) < 0 || !order || order.sensorVerifies) return false;
  return compareSeverity(severity, order.severity) >= 0;
}
