import type { Severity } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import type { AlarmSpan } from './alarm-spans.js';

/** A stored alarm, or one of the times that its condition held. */
export interface RaisedSpan extends AlarmSpan {
  /** Of the rule as it raised the alarm. */
  ruleVersion: number;
  byPerson: boolean;
  /** Something of the back-test overlaps it. */
  matched: boolean;
}

interface DeviceSpans {
  /** By begin. */
  spans: RaisedSpan[];
  /** The latest end of all up to each, ms. */
  latestEnd: number[];
}

/** What the rule has raised on these devices, as the story of its alarms tells. */
export class RaisedAlarms {
  private readonly byDevice = new Map<string, DeviceSpans>();

  /** @param cut there were more than are here */
  constructor(
    spans: readonly RaisedSpan[],
    readonly cut: boolean,
  ) {
    for (const span of spans.toSorted((a, b) => a.begin - b.begin)) {
      const device = this.byDevice.get(span.deviceId) ?? { spans: [], latestEnd: [] };
      this.byDevice.set(span.deviceId, device);
      device.spans.push(span);
      device.latestEnd.push(Math.max(device.latestEnd.at(-1) ?? 0, span.end ?? Number.POSITIVE_INFINITY));
    }
  }

  *all(): Iterable<RaisedSpan> {
    for (const { spans } of this.byDevice.values()) yield* spans;
  }

  /** Those of the device that overlap the span, latest first. */
  *overlapping({ deviceId, begin, end = Number.POSITIVE_INFINITY }: AlarmSpan): Iterable<RaisedSpan> {
    const device = this.byDevice.get(deviceId);
    if (!device) return;
    const { spans, latestEnd } = device;
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (spans[middle]!.begin < end) low = middle + 1;
      else high = middle;
    }
    for (let index = low - 1; index >= 0 && latestEnd[index]! > begin; index -= 1) {
      const span = spans[index]!;
      if ((span.end ?? Number.POSITIVE_INFINITY) > begin) yield span;
    }
  }

  /** When (ms) a person ended an alarm of this condition after its begin and before `before`, first. */
  endedByPerson(span: AlarmSpan, before: number): number | undefined {
    let first: number | undefined;
    for (const { byPerson, subject, end } of this.overlapping({ ...span, end: before }))
      if (byPerson && subject === span.subject && end !== undefined && end > span.begin && end < before)
        first = Math.min(first ?? end, end);
    return first;
  }
}

interface Step {
  alarmId: string;
  deviceId: string;
  subject: string;
  ruleVersion: number;
  severity: Severity;
  action: 'raise' | 'clear' | 'resolve';
  at: Date;
  cause: Record<string, unknown>;
}

/** Reads what the rule has raised with times within the range, at most `limit` begins and ends. */
export async function raisedAlarms(
  db: Kysely<Database>,
  rule: { ruleId: string; deviceIds: readonly string[]; from: number; to: number },
  limit: number,
): Promise<RaisedAlarms> {
  const from = new Date(rule.from);
  const steps = await db
    .selectFrom('alarmSteps')
    .innerJoin('alarms', 'alarms.id', 'alarmSteps.alarmId')
    .select(['alarmSteps.alarmId', 'alarms.deviceId', 'alarms.subject', 'alarms.severity', 'alarmSteps.action'])
    .select('alarms.ruleVersion')
    .select(['alarmSteps.at', 'alarmSteps.data as cause'])
    .where('alarms.ruleId', '=', rule.ruleId)
    .where(sql<boolean>`alarms.device_id = any(${rule.deviceIds})`)
    .where('alarms.raisedAt', '<', new Date(rule.to))
    .where(({ or, eb }) =>
      // A person who ends an alarm leaves the time of its last transition as the device told it.
      or([eb('lastTransitionAt', '>=', from), eb('clearedAt', '>=', from), eb('conditionActive', '=', true)]),
    )
    .where('alarmSteps.action', 'in', ['raise', 'clear', 'resolve'])
    .orderBy('alarms.raisedAt')
    .orderBy('alarms.id')
    .orderBy('alarmSteps.at')
    .limit(limit + 1)
    .execute();
  return new RaisedAlarms(spansOf(steps.slice(0, limit) as Step[]), steps.length > limit);
}

/** Of one alarm after the other: each begin with the end that follows it. */
function spansOf(steps: readonly Step[]): RaisedSpan[] {
  const spans: RaisedSpan[] = [];
  const open = new Map<string, RaisedSpan>();
  for (const { alarmId, action, at, ...facts } of steps) {
    const holds = open.get(alarmId);
    if (action === 'raise' && !holds) {
      const span = { ...facts, begin: at.getTime(), end: undefined, byPerson: false, matched: false };
      spans.push(span);
      open.set(alarmId, span);
    } else if (action !== 'raise' && holds) {
      Object.assign(holds, { end: Math.max(at.getTime(), holds.begin), byPerson: action === 'resolve' });
      open.delete(alarmId);
    }
  }
  return spans;
}
