import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Actor, json, type Row, type Transaction } from '@sc/platform/database';

export interface IncidentStep {
  action: Row<'incidentSteps'>['action'];
  actor: Actor;
  reason?: string;
  requestId?: string;
  /** Ids and counts. */
  data: Record<string, unknown>;
}

/** What people did to incidents, told in the story of each that it was done to. */
@Injectable()
export class IncidentSteps {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async record(
    { db }: Transaction,
    incidents: readonly { id: string }[],
    { action, actor, reason, requestId, data }: IncidentStep,
  ): Promise<void> {
    const at = new Date(this.clock.now());
    const rows = incidents.map(({ id }) => ({
      id: this.ids.next(),
      incidentId: id,
      at,
      action,
      actorKind: actor.kind,
      actorId: actor.id,
      note: reason ?? null,
      requestId: requestId ?? null,
      data: json(data),
    }));
    await db.insertInto('incidentSteps').values(rows).execute();
  }

  /** What this request did before, if it came before. */
  async earlier({ db }: Transaction, incidentId: string, requestId: string): Promise<Row<'incidentSteps'> | undefined> {
    return db
      .selectFrom('incidentSteps')
      .selectAll()
      .where('incidentId', '=', incidentId)
      .where('requestId', '=', requestId)
      .executeTakeFirst();
  }
}
