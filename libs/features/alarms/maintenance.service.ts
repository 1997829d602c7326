import { Inject, Injectable } from '@nestjs/common';
import { type CreateMaintenanceWindow, maintenanceLimits, type Person, type Text } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { refusals } from './refusals.js';

const missing = (path: string, reason: Text) => new ProblemError('not-found', reason, [{ path, message: reason }]);
const refusedTime = (path: string, reason: Text) =>
  new ProblemError('beyond-limit', reason, [{ path, message: reason }]);

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
      if (asked < now - clockSlackMs) throw refusedStart(refusals.beginsInPast);
      if (asked > now + farthestAheadMs) throw refusedStart(refusals.beginsTooLate);
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
      if (!window) throw new ProblemError('not-found', refusals.noWindow);
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
      if (!device) throw missing('deviceId', refusals.noDevice);
      return device.areaId;
    }
    const area = await db
      .selectFrom('areas')
      .select('id')
      .where('id', '=', wish.areaId ?? '')
      .where(areaScope(person.areaId))
      .executeTakeFirst();
    if (!area) throw missing('areaId', commonRefusals.noAreaOfYours);
    return area.id;
  }

  /** The alarms follow by jobs: a whole district's change in one request would hold its devices too long. */
  private tell(tx: Transaction, windowId: string, times: Record<string, number>): void {
    for (const [name, dueAt] of Object.entries(times))
      tx.schedule({ name: 'apply-maintenance', subject: `${windowId}:${name}`, payload: { windowId }, dueAt });
  }
}

const refusedStart = (reason: Text) =>
  new ProblemError('invalid-request', reason, [{ path: 'startsAt', message: reason }]);

function assertLength({ role }: Person, lifeSafety: boolean, lasts: number): void {
  if (lasts <= 0)
    throw new ProblemError('invalid-request', commonRefusals.endsBeforeItBegins, [
      { path: 'endsAt', message: refusals.isLater },
    ]);
  const { ordinaryMs, lifeSafetyMs } = maintenanceLimits[role];
  if (lifeSafety && lifeSafetyMs === 0) throw new ProblemError('forbidden', refusals.notLifeSafety);
  const longest = lifeSafety ? lifeSafetyMs : ordinaryMs;
  if (lasts > longest) throw refusedTime('endsAt', refusals.mostHours(longest / 3_600_000));
}
