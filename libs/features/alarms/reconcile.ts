import { Inject, Injectable } from '@nestjs/common';
import type { Severity } from '@sc/contracts';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { AlarmWriter } from './alarm-writer.js';
import type { Change } from './story.js';

/** An alarm whose condition PostgreSQL holds for active. */
export interface OpenAlarm {
  deviceId: string;
  domain: string;
  ruleId: string;
  subject: string;
  ruleVersion: number;
  /** Of its last transition, device time in ms. */
  at: number;
  severity: Severity;
  workOrder: boolean;
  /** Why it began. */
  cause: Record<string, unknown>;
}

/** The end of a condition, as it was told; `at` in device time. */
export type KnownEnd = Pick<OpenAlarm, 'deviceId' | 'domain' | 'ruleId' | 'subject' | 'at'>;

/** Who knows which conditions hold: the rebuilt detector. */
export interface ConditionSource {
  activeConditions(): Change[];
  /** Takes over conditions nothing is known about; returns the ends of those known to be over. */
  adopt(open: readonly OpenAlarm[]): Change[];
  /** After that: of conditions that hold for it, the newest ends that were told. */
  takeKnownEnds(ends: readonly KnownEnd[]): void;
}

/** Brings PostgreSQL and the rebuilt detector to one opinion, before the first message is taken. */
@Injectable()
export class AlarmReconciler {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    private readonly writer: AlarmWriter,
  ) {}

  /** What PostgreSQL holds for active, of devices that are there. */
  async standing(): Promise<OpenAlarm[]> {
    return (await this.open()).filter(({ state }) => state !== 'retired');
  }

  /** Raises what holds and is missing, clears what is over and still stands. Idempotent; a failure changes nothing in PostgreSQL. */
  async reconcile(source: ConditionSource): Promise<void> {
    const conditions = await this.open();
    const gone = conditions
      .filter(({ state }) => state === 'retired')
      .map(({ deviceId, ruleId, subject, ruleVersion, at }) => ({
        kind: 'clear' as const,
        deviceId,
        ruleId,
        subject,
        ruleVersion,
        at: at + 1,
        cause: { kind: 'device-gone' },
      }));
    const over = source.adopt(conditions.filter(({ state }) => state !== 'retired'));
    source.takeKnownEnds(await this.endsOf(source.activeConditions(), conditions));
    const holding = source.activeConditions();
    await this.unitOfWork.run((tx) => this.writer.apply(tx, [...gone, ...over, ...holding]));
  }

  /** Of conditions without an alarm that stands: when their newest alarm ended. */
  private async endsOf(holding: readonly Change[], open: readonly OpenAlarm[]): Promise<KnownEnd[]> {
    const standing = new Set(open.map(keyOf));
    const asked = holding.filter((one) => !standing.has(keyOf(one)));
    if (asked.length === 0) return [];
    const each = (name: 'deviceId' | 'ruleId' | 'subject') => asked.map((one) => one[name]);
    const { rows } = await sql<Omit<KnownEnd, 'at'> & { at: Date }>`
      select device_id, devices.domain, rule_id, subject, latest.at
      from unnest(${each('deviceId')}::text[], ${each('ruleId')}::text[], ${each('subject')}::text[])
        as condition (device_id, rule_id, subject)
      join devices on devices.id = device_id
      cross join lateral (
        select last_transition_at as at from alarms
        where alarms.device_id = condition.device_id and alarms.rule_id = condition.rule_id
          and alarms.subject = condition.subject
        order by last_transition_at desc
        limit 1
      ) latest`.execute(this.db);
    return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() }));
  }

  private async open(): Promise<(OpenAlarm & { state: string })[]> {
    const rows = await this.db
      .selectFrom('alarms')
      .innerJoin('devices', 'devices.id', 'alarms.deviceId')
      .select([
        'alarms.deviceId',
        'devices.domain',
        'devices.state',
        'alarms.ruleId',
        'alarms.subject',
        'alarms.ruleVersion',
        'alarms.severity',
        'alarms.workOrder',
        'alarms.lastTransitionAt',
        'alarms.cause',
      ])
      .where('alarms.state', '<>', 'normal')
      .where('alarms.conditionActive', '=', true)
      .execute();
    return rows.map(({ lastTransitionAt, ...row }) => ({ ...row, at: lastTransitionAt.getTime() }));
  }
}

const keyOf = ({ deviceId, ruleId, subject }: Pick<OpenAlarm, 'deviceId' | 'ruleId' | 'subject'>): string =>
  `${deviceId} ${ruleId} ${subject}`;
