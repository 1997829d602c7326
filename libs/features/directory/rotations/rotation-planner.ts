import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Row, Transaction } from '@sc/platform/database';
import { type Slot, slotsOf } from './slots.js';

const dayMs = 24 * 3_600_000;
/** How far ahead shifts stand in the plan: two months are as far as people ask for leave. */
export const horizonMs = 60 * dayMs;
/** Rows of one statement: PostgreSQL takes at most 65,535 parameters. */
const rowsPerStatement = 1000;

type Rotation = Row<'rotations'>;

/** Writes what a rotation asks for into the plan. What has begun is never rewritten: somebody stood there. */
@Injectable()
export class RotationPlanner {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** The next shifts, up to the horizon. Twice is once: a shift that a person took out does not come back. */
  async extend(transaction: Transaction, rotation: Rotation): Promise<number> {
    const planned = rotation.plannedUntil.getTime();
    const until = this.clock.now() + horizonMs;
    if (planned >= until) return 0;
    const slots = slotsOf(rotation, planned, until).filter(({ startsAt }) => startsAt >= planned);
    await this.write(transaction, rotation, slots);
    await setPlannedUntil(transaction, rotation, until);
    return slots.length;
  }

  /** Anew from now on, after the rotation was made or changed; a shift that is on goes on as far as the new plan agrees. */
  async renew(transaction: Transaction, rotation: Rotation): Promise<void> {
    const now = this.clock.now();
    const running = await this.endPlanned(transaction, rotation.id);
    const slots = slotsOf(rotation, now, now + horizonMs);
    const goesOn = (slot: Slot) =>
      running.some(
        ({ personId, areaId, endsAt }) =>
          personId === slot.personId && areaId === rotation.areaId && endsAt.getTime() === slot.endsAt,
      );
    const begun = slots.filter(({ startsAt }) => startsAt < now);
    const kept = new Set(begun.filter(goesOn).map(({ personId }) => personId));
    for (const { id, personId } of running)
      if (!kept.has(personId))
        await transaction.db
          .updateTable('shifts')
          .set({ endsAt: new Date(now) })
          .where('id', '=', id)
          .execute();
    const fresh = slots.filter((slot) => slot.startsAt >= now || !kept.has(slot.personId));
    await this.write(
      transaction,
      rotation,
      fresh.map((slot) => ({ ...slot, startsAt: Math.max(slot.startsAt, now) })),
    );
    await setPlannedUntil(transaction, rotation, now + horizonMs);
  }

  /** Takes what has not begun out of the plan. @returns what is on now */
  async endPlanned({ db }: Transaction, rotationId: string): Promise<Row<'shifts'>[]> {
    const now = new Date(this.clock.now());
    await db.deleteFrom('shifts').where('rotationId', '=', rotationId).where('startsAt', '>=', now).execute();
    return db.selectFrom('shifts').selectAll().where('rotationId', '=', rotationId).where('endsAt', '>', now).execute();
  }

  private async write({ db }: Transaction, { id, areaId, version }: Rotation, slots: readonly Slot[]): Promise<void> {
    for (let start = 0; start < slots.length; start += rowsPerStatement)
      await db
        .insertInto('shifts')
        .values(
          slots.slice(start, start + rowsPerStatement).map(({ key, personId, startsAt, endsAt }) => ({
            id: this.ids.next(),
            personId,
            areaId,
            startsAt: new Date(startsAt),
            endsAt: new Date(endsAt),
            rotationId: id,
            slot: `${version}:${key}`,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  }
}

const setPlannedUntil = ({ db }: Transaction, { id }: Rotation, until: number) =>
  db
    .updateTable('rotations')
    .set({ plannedUntil: new Date(until) })
    .where('id', '=', id)
    .execute();
