import { Inject, Injectable, Optional } from '@nestjs/common';
import { AlarmWriter } from '@sc/features/alarms';
import type { AlarmTransition } from '@sc/features/detection';
import { isTransientDatabaseError, send, type Transaction, UnitOfWork } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Connection, ConnectionState } from './connection-state.js';
import { type DeadLetter, DeadLetters } from './dead-letters.js';
import type { DeviceEvent } from './device-event.js';
import { EVENT_FOLLOWER, type EventFollower } from './event-follower.js';
import { telemetryMetrics } from './metrics.js';

/** What a batch changes in PostgreSQL. */
export interface BatchChanges {
  transitions: AlarmTransition[];
  connectionChanges: Map<string, Connection>;
  events: DeviceEvent[];
  deadLetters: DeadLetter[];
}

const nothing: BatchChanges = { transitions: [], connectionChanges: new Map(), events: [], deadLetters: [] };

/** The first of the two commits of a batch. */
@Injectable()
export class ChangeWriter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(AlarmWriter) private readonly alarms: AlarmWriter,
    @Inject(ConnectionState) private readonly connections: ConnectionState,
    @Inject(DeadLetters) private readonly deadLetters: DeadLetters,
    @Inject(LOGGER) private readonly logger: Logger,
    @Optional() @Inject(EVENT_FOLLOWER) private readonly follower?: EventFollower,
  ) {}

  /**
   * Resolves when everything is committed. One change that PostgreSQL refuses for good must not hold up every other
   * device for ever: then each change gets a transaction of its own and the refused one is left out, logged and counted.
   * @returns the transitions that are committed; detection brings the others again with its next answer
   * @throws when PostgreSQL is away or busy: call again with the same changes, repeating what was committed is harmless
   */
  async commit(changes: BatchChanges): Promise<AlarmTransition[]> {
    let { transitions } = changes;
    if (sizeOf(changes) === 0) return transitions;
    try {
      await this.commitTogether(changes);
    } catch (error) {
      if (isTransientDatabaseError(error)) throw error;
      transitions = [];
      for (const one of apart(changes)) if (await this.commitOrLeaveOut(one)) transitions.push(...one.transitions);
    }
    if (changes.deadLetters.length > 0) this.deadLetters.added(changes.deadLetters.length);
    return transitions;
  }

  private async commitTogether({ connectionChanges, events, transitions, deadLetters }: BatchChanges): Promise<void> {
    const committed = telemetryMetrics.databaseCommit.startTimer();
    await this.unitOfWork.runUrgent(async (transaction) => {
      if (connectionChanges.size > 0) await this.connections.apply(transaction, connectionChanges);
      if (events.length > 0) {
        await storeEvents(transaction, events);
        await this.follower?.follow(transaction, events);
      }
      if (transitions.length > 0) await this.alarms.apply(transaction, transitions);
      await this.deadLetters.add(transaction, deadLetters);
    });
    committed();
  }

  private async commitOrLeaveOut(change: BatchChanges): Promise<boolean> {
    try {
      await this.commitTogether(change);
      return true;
    } catch (error) {
      if (isTransientDatabaseError(error)) throw error;
      telemetryMetrics.leftOut.inc();
      this.logger.error({ err: error, ...namesOf(change) }, 'a change that PostgreSQL refuses for good was left out');
      return false;
    }
  }
}

const sizeOf = ({ transitions, connectionChanges, events, deadLetters }: BatchChanges): number =>
  transitions.length + connectionChanges.size + events.length + deadLetters.length;

function apart({ transitions, connectionChanges, events, deadLetters }: BatchChanges): BatchChanges[] {
  return [
    ...[...connectionChanges].map((one) => ({ ...nothing, connectionChanges: new Map([one]) })),
    ...events.map((one) => ({ ...nothing, events: [one] })),
    ...transitions.map((one) => ({ ...nothing, transitions: [one] })),
    ...deadLetters.map((one) => ({ ...nothing, deadLetters: [one] })),
  ];
}

/** Of a single change: ids only, never what a device sent. */
function namesOf({
  transitions: [transition],
  connectionChanges,
  events: [event],
  deadLetters: [letter],
}: BatchChanges) {
  const deviceId =
    transition?.deviceId ?? event?.deviceId ?? letter?.message.deviceId ?? [...connectionChanges.keys()][0];
  return { deviceId, ruleId: transition?.ruleId, reason: letter?.reason };
}

/** Known events stay as they are: an event again is the same event. */
async function storeEvents({ db }: Transaction, events: readonly DeviceEvent[]): Promise<void> {
  const distinct = [...new Map(events.map((event) => [`${event.deviceId} ${event.eventKey}`, event])).values()];
  for (let start = 0; start < distinct.length; start += 1000) {
    const insertion = db
      .insertInto('deviceEvents')
      .values(
        distinct.slice(start, start + 1000).map(({ deviceId, eventKey, type, ts, receivedAt, dataJson }) => ({
          deviceId,
          eventKey,
          type,
          ts: new Date(ts),
          receivedAt: new Date(receivedAt),
          data: dataJson,
        })),
      )
      .onConflict((conflict) => conflict.columns(['deviceId', 'eventKey']).doNothing())
      .compile();
    await send(db, insertion);
  }
}
