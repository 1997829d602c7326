import { Inject, Injectable } from '@nestjs/common';
import { type CreateMaintenanceWindow, maintenanceLimits, type Person } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';

const missing = (path: string, message: string) => new ProblemError('not-found', message, [{ path, message }]);
const refusedTime = (path: string, message: string) => new ProblemError('beyond-limit', message, [{ path, message }]);

/** How far ahead a window may be planned. */
const farthestAheadMs = 90 * 86_400_000;
/** Clocks of browsers and ours differ: a begin this long ago is meant to be now. */
const clockSlackMs = 5 * 60_000;

/** Times in which alarms of a place, a subsystem or a device are expected. Each change is in the audit trail. */
@Injectable()
export class MaintenanceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * @throws ProblemError `not-found` (area or device out of sight), `invalid-request` (ends before it begins), `beyond-limit`
   * naming how long this role may
   * @returns its id
   */
  create(person: Person, wish: CreateMaintenanceWindow): Promise<string> {
    return this.unitOfWork.run(async (tx) => {
      const now = this.clock.now();
      const asked = wish.startsAt ? Date.parse(wish.startsAt) : now;
      if (asked < now - clockSlackMs) throw refusedStart('it begins in the past');
      if (asked > now + farthestAheadMs) throw refusedStart('it begins more than 90 days ahead');
      const startsAt = Math.max(now, asked);
      const endsAt = Date.parse(wish.endsAt);
      assertLength(person, wish.lifeSafety, endsAt - startsAt);
      const areaId = await this.placeOf(tx, person, wish);
      const row = {
        id: this.ids.next(),
        areaId,
        domain: wish.domain ?? null,
        deviceId: wish.deviceId ?? null,
        lifeSafety: wish.lifeSafety,
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
        reason: wish.reason,
        createdBy: person.id,
        createdAt: new Date(now),
      };
      await tx.db.insertInto('maintenanceWindows').values(row).execute();
      this.tell(tx, row.id, { start: startsAt, end: endsAt });
      tx.audit({
        actor: { kind: 'person', id: person.id },
        action: 'maintenance.created',
        subjectType: 'maintenance-window',
        subjectId: row.id,
        change: row,
      });
      return row.id;
    });
  }

  /** Ends it before its time, also one that has not begun. Twice is once. @throws ProblemError `not-found` */
  end(person: Person, id: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const now = this.clock.now();
      const window = await tx.db
        .selectFrom('maintenanceWindows')
        .innerJoin('areas', 'areas.id', 'maintenanceWindows.areaId')
        .select(['maintenanceWindows.id', 'endsAt', 'endedAt', 'lifeSafety'])
        .where('maintenanceWindows.id', '=', id)
        .where(areaScope(person.areaId))
        .forUpdate('maintenanceWindows')
        .executeTakeFirst();
      if (!window) throw new ProblemError('not-found', 'no such window in your area');
      if (window.endedAt || window.endsAt.getTime() <= now) return;
      await tx.db
        .updateTable('maintenanceWindows')
        .set({ endedAt: new Date(now), endedBy: person.id })
        .where('id', '=', id)
        .execute();
      this.tell(tx, id, { ended: now });
      tx.audit({
        actor: { kind: 'person', id: person.id },
        action: 'maintenance.ended',
        subjectType: 'maintenance-window',
        subjectId: id,
        change: { endsAt: window.endsAt, endedAt: new Date(now) },
      });
    });
  }

  /** Where it applies, for the rights to it. */
  private async placeOf({ db }: Transaction, person: Person, wish: CreateMaintenanceWindow): Promise<string> {
    if (wish.deviceId !== undefined) {
      const device = await db
        .selectFrom('devices')
        .innerJoin('areas', 'areas.id', 'devices.areaId')
        .select('devices.areaId')
        .where('devices.id', '=', wish.deviceId)
        .where(areaScope(person.areaId))
        .executeTakeFirst();
      if (!device) throw missing('deviceId', 'no such device in your area');
      return device.areaId;
    }
    const area = await db
      .selectFrom('areas')
      .select('id')
      .where('id', '=', wish.areaId ?? '')
      .where(areaScope(person.areaId))
      .executeTakeFirst();
    if (!area) throw missing('areaId', 'no such area in your area');
    return area.id;
  }

  /** The alarms follow by jobs: a whole district's change in one request would hold its devices too long. */
  private tell(tx: Transaction, windowId: string, times: Record<string, number>): void {
    for (const [name, dueAt] of Object.entries(times))
      tx.schedule({ name: 'apply-maintenance', subject: `${windowId}:${name}`, payload: { windowId }, dueAt });
  }
}

const refusedStart = (message: string) => new ProblemError('invalid-request', message, [{ path: 'startsAt', message }]);

function assertLength({ role }: Person, lifeSafety: boolean, lasts: number): void {
  if (lasts <= 0)
    throw new ProblemError('invalid-request', 'it ends before it begins', [{ path: 'endsAt', message: 'is later' }]);
  const { ordinaryMs, lifeSafetyMs } = maintenanceLimits[role];
  if (lifeSafety && lifeSafetyMs === 0)
    throw new ProblemError('forbidden', 'your role may not silence alarms of life safety');
  const longest = lifeSafety ? lifeSafetyMs : ordinaryMs;
  if (lasts > longest) throw refusedTime('endsAt', `at most ${longest / 3_600_000} hours for your role`);
}
