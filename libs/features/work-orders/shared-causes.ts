import { Injectable } from '@nestjs/common';
import type { Transaction } from '@sc/platform/database';
import { sql } from 'kysely';
import { dispatchActor } from './dispatch-actor.js';
import { IncidentJoining } from './incident-joining.js';
import { type IncidentRow, Incidents } from './incidents.js';
import { sharedCause } from './matter.js';
import { Matters } from './matters.js';

/** Devices that fell silent first got incidents of their own, before it could be known that others would follow. */
@Injectable()
export class SharedCauses {
  constructor(
    private readonly matters: Matters,
    private readonly incidents: Incidents,
    private readonly joining: IncidentJoining,
  ) {}

  /**
   * Those of them that nobody has accepted become part of the incident that names the cause. Where somebody is on the way,
   * where more than silence is the matter, or where a person split it off, it stays.
   * @param incident as locked in this transaction; one of another kind changes nothing
   */
  async callIn(transaction: Transaction, incident: IncidentRow): Promise<void> {
    if (incident.category !== sharedCause.category || incident.splitFrom) return;
    const ids = await this.earlierOnes(transaction, incident);
    if (!ids.length) return;
    const found = await this.incidents.lockWithOrders(transaction, [incident.id, ...ids]);
    const { order } = found.get(incident.id)!;
    if (!order) return;
    let remaining = { incident, order };
    for (const id of ids) {
      const other = found.get(id)!;
      const waits = other.order?.state === 'registered' || other.order?.state === 'dispatched';
      if (other.incident.state === 'closed' || !waits) continue;
      const joined = await this.joining.join(transaction, remaining, other, { actor: dispatchActor });
      remaining = { incident: joined.incident, order: joined.order ?? remaining.order };
    }
  }

  /** Open incidents of this building all of whose alarms belong to the shared cause. */
  private async earlierOnes({ db }: Transaction, incident: IncidentRow): Promise<string[]> {
    const silent = (await this.matters.silentIn([incident.areaId], db)).get(incident.areaId) ?? [];
    const devices = silent.map(({ deviceId }) => deviceId);
    const { rows } = await sql<{ id: string }>`
      select i.id from incidents i
      where i.area_id = ${incident.areaId} and i.state = 'open' and i.split_from is null and i.id <> ${incident.id}
        and exists (select from alarms a where a.incident_id = i.id)
        and not exists (
          select from alarms a where a.incident_id = i.id
            and not (a.cause ->> 'kind' = 'silence' and a.device_id = any(${devices}::text[])))
      order by i.id`.execute(db);
    const alarms = rows.length
      ? await db
          .selectFrom('alarms')
          .selectAll()
          .where(
            'incidentId',
            'in',
            rows.map(({ id }) => id),
          )
          .execute()
      : [];
    const belongings = await this.matters.of(alarms, db);
    const stays = new Set(
      alarms.filter(({ id }) => belongings.get(id)?.matter.category !== sharedCause.category).map((a) => a.incidentId),
    );
    return rows.map(({ id }) => id).filter((id) => !stays.has(id));
  }
}
