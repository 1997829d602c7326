import { Inject, Injectable } from '@nestjs/common';
import type { AlarmAction, Condition, Person } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Actor, type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { insertSteps, lockDevices, toMoving, updateAlarms } from './alarm-rows.js';
import { nextState } from './machine.js';
import { publish } from './publish.js';

/** What persons do to alarms. */
@Injectable()
export class AlarmsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * The person has seen it. Doing it twice, or after it went back to normal, changes nothing.
   * @throws ProblemError `not-found` when there is no such alarm within the person's area
   */
  async acknowledge(person: Person, alarmId: string, note?: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const seen = await tx.db
        .selectFrom('alarms')
        .innerJoin('areas', 'areas.id', 'alarms.areaId')
        .select('alarms.id')
        .where('alarms.id', '=', alarmId)
        .where(areaScope(person.areaId))
        .executeTakeFirst();
      if (!seen) throw new ProblemError('not-found', 'no such alarm in your area');
      await this.move(tx, alarmId, 'acknowledge', { kind: 'person', id: person.id }, note);
    });
  }

  /**
   * A condition that no device can end (an emergency call, a fault) is over because a person says so; an alarm whose
   * condition a device ends by itself is left alone. Part of the caller's transaction, for example that of the closed
   * order. Doing it twice changes nothing.
   */
  async resolve(tx: Transaction, alarmIds: readonly string[], actor: Actor, note?: string): Promise<void> {
    if (alarmIds.length === 0) return;
    const rows = await tx.db
      .selectFrom('alarms')
      .innerJoin('rules', 'rules.id', 'alarms.ruleId')
      .select(['alarms.id', 'rules.definition'])
      .where('alarms.id', 'in', [...alarmIds])
      .where('alarms.state', '<>', 'normal')
      // Several devices' rows are taken one after the other: the same order as everybody else.
      .orderBy('alarms.deviceId')
      .execute();
    for (const { id, definition } of rows)
      if (endsByPerson(definition.condition)) await this.move(tx, id, 'resolve', actor, note);
  }

  private async move(
    tx: Transaction,
    alarmId: string,
    action: Extract<AlarmAction, 'acknowledge' | 'resolve'>,
    actor: Actor,
    note?: string,
  ): Promise<void> {
    const { deviceId } = await tx.db
      .selectFrom('alarms')
      .select('deviceId')
      .where('id', '=', alarmId)
      .executeTakeFirstOrThrow();
    await lockDevices(tx.db, [deviceId]);
    const row = await tx.db.selectFrom('alarms').selectAll().where('id', '=', alarmId).executeTakeFirstOrThrow();
    const toState = nextState(row.state, action, row.conditionActive);
    if (!toState || toState === row.state) return;

    const now = this.clock.now();
    const alarm = toMoving(row);
    const seen = alarm.acknowledgedAt === null && actor.kind === 'person';
    await updateAlarms(tx.db, [
      {
        ...alarm,
        state: toState,
        ...(seen || action === 'acknowledge' ? { acknowledgedAt: now, acknowledgedBy: actor.id } : {}),
        // `lastTransitionAt` stays: it is the device's time, by which a repeated begin is known.
        ...(action === 'resolve' ? { conditionActive: false, clearedAt: alarm.clearedAt ?? now } : {}),
      },
    ]);
    const step = { alarmId, at: now, action, fromState: row.state, toState, cause: {} };
    await insertSteps(tx.db, [
      {
        ...step,
        id: this.ids.next(),
        recordedAt: now,
        actorKind: actor.kind,
        actorId: actor.id,
        note: note ?? null,
      },
    ]);
    publish(tx, step, row);
    tx.audit({
      actor,
      action: `alarm.${action === 'acknowledge' ? 'acknowledged' : 'resolved'}`,
      subjectType: 'alarm',
      subjectId: alarmId,
      change: { from: row.state, to: toState },
    });
  }
}

/** A condition that no event and no quiet of its device ends. */
const endsByPerson = (condition: Condition): boolean =>
  condition.kind === 'event' && condition.clearOn.length === 0 && condition.quietMs === undefined;
