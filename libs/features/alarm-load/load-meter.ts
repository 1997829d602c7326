import type { AlarmJudgement, Severity } from '@sc/contracts';
import { FloodMeter, type FloodSpan } from './flood.js';

/** An alarm told to the operator (raised, raised again, graver than what was seen), or seen by a person. */
export interface ToldAlarm {
  at: number;
  kind: 'told' | 'seen';
  alarmId: string;
  ruleId: string;
  deviceId: string;
  severity: Severity;
  judgement: AlarmJudgement | null;
}

export interface Judged {
  true: number;
  false: number;
  test: number;
}

/** What one rule said of one device. */
export interface Pair {
  ruleId: string;
  deviceId: string;
  alarms: number;
  severe: number;
  /** Times it was told three times within a minute. */
  chattered: number;
  judged: Judged;
}

export const bucketMs = 600_000;
const chatterMs = 60_000;

export interface LoadCount {
  alarms: number;
  /** Of ten minutes each, from the beginning of the range. */
  buckets: number[];
  floods: (FloodSpan & { to: number })[];
  bySeverity: Partial<Record<Severity, number>>;
  pairs: Pair[];
  judged: Judged;
  /** How long alarms waited to be seen, ms, shortest first; those that were seen in the range. */
  waits: Float64Array;
  notSeen: number;
}

interface PairState extends Pair {
  /** The last two, for a third within a minute of the first. */
  recent: number[];
}

/**
 * Counts the alarms of a range as they are read, in order of time. What it keeps grows with the conditions and the ten
 * minutes of the range, and by eight bytes for each alarm that was seen; never with all that is read.
 */
export class LoadMeter {
  private readonly flood = new FloodMeter((span) => this.floods.push(span));
  private readonly floods: FloodSpan[] = [];
  private readonly buckets: number[];
  private readonly pairs = new Map<string, PairState>();
  private readonly waiting = new Map<string, number>();
  private readonly waits: number[] = [];
  private readonly judgedIds = new Set<string>();
  private readonly bySeverity: Partial<Record<Severity, number>> = {};
  private readonly judged: Judged = { true: 0, false: 0, test: 0 };
  private alarms = 0;

  constructor(
    private readonly from: number,
    private readonly to: number,
  ) {
    this.buckets = new Array<number>(Math.ceil((to - from) / bucketMs)).fill(0);
  }

  /** What lies before the range only tells whether it begins in a flood. */
  add(alarm: ToldAlarm): void {
    const { at, kind, alarmId } = alarm;
    if (at >= this.to) return;
    if (kind === 'told') this.flood.add(at);
    if (at < this.from) return;
    if (kind === 'seen') return this.seen(at, alarmId);
    this.alarms += 1;
    this.buckets[Math.floor((at - this.from) / bucketMs)]! += 1;
    this.bySeverity[alarm.severity] = (this.bySeverity[alarm.severity] ?? 0) + 1;
    // It waits since it was told first: telling again does not make the operator faster.
    if (!this.waiting.has(alarmId)) this.waiting.set(alarmId, at);
    this.count(alarm);
  }

  result(): LoadCount {
    this.flood.passTo(this.to);
    const open = this.flood.current;
    const floods = [...this.floods, ...(open ? [open] : [])]
      .map((span) => ({ ...span, from: Math.max(span.from, this.from), to: Math.min(span.to ?? this.to, this.to) }))
      .filter(({ from, to }) => to > from);
    return {
      alarms: this.alarms,
      buckets: this.buckets,
      floods,
      bySeverity: this.bySeverity,
      pairs: [...this.pairs.values()].map(({ recent: _, ...pair }) => pair),
      judged: this.judged,
      waits: Float64Array.from(this.waits).sort(),
      notSeen: this.waiting.size,
    };
  }

  private seen(at: number, alarmId: string): void {
    const since = this.waiting.get(alarmId);
    if (since === undefined) return;
    this.waiting.delete(alarmId);
    this.waits.push(at - since);
  }

  private count({ at, alarmId, ruleId, deviceId, severity, judgement }: ToldAlarm): void {
    const pair = this.pairOf(ruleId, deviceId);
    pair.alarms += 1;
    if (severity === 'extreme' || severity === 'severe') pair.severe += 1;
    if (judgement && !this.judgedIds.has(alarmId)) {
      this.judgedIds.add(alarmId);
      pair.judged[judgement] += 1;
      this.judged[judgement] += 1;
    }
    pair.recent = pair.recent.filter((earlier) => earlier > at - chatterMs);
    pair.recent.push(at);
    if (pair.recent.length < 3) return;
    pair.chattered += 1;
    pair.recent = [];
  }

  private pairOf(ruleId: string, deviceId: string): PairState {
    // Neither id holds a space.
    const key = `${ruleId} ${deviceId}`;
    let pair = this.pairs.get(key);
    if (!pair) {
      pair = {
        ruleId,
        deviceId,
        alarms: 0,
        severe: 0,
        chattered: 0,
        judged: { true: 0, false: 0, test: 0 },
        recent: [],
      };
      this.pairs.set(key, pair);
    }
    return pair;
  }
}
