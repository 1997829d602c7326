import { type Backlog, backlogLimit, type ProcessFigures, type Quantiles } from '@sc/contracts';
import type system from '../../locales/en/system.js';

export type Level = 'good' | 'warn' | 'bad';
export type RowName = keyof typeof system.row;
export type Advised = keyof typeof system.advice;
export type PartName = keyof typeof system.part;

/** A figure as a person reads it: its unit says how. */
export type Value =
  /** A count that ended at a bound: there may be more. */
  | { unit: 'bounded'; n: number; bound: number }
  | { unit: 'count' | 'perSecond' | 'perMinute' | 'seconds' | 'bytes' | 'cores'; n: number }
  | { unit: 'quantiles' | 'sizes'; of: Quantiles }
  | { unit: 'share'; used: number; limit: number }
  | { unit: 'waiting'; messages: number; bytes: number }
  | { unit: 'tickets'; waiting: number; active: number; delayed: number; failed: number };

export interface Figure {
  name: RowName;
  value: Value;
  /** Left out for what is neither good nor bad by itself. */
  level?: Level;
  lane?: string;
}
export interface Part {
  name: PartName;
  figures: Figure[];
}

/** `warn` above the first bound, `bad` above the second. The bounds stand in docs/metrics.md, too. */
const above = (value: number | null, warn: number, bad = Number.POSITIVE_INFINITY): Level =>
  value === null || value <= warn ? 'good' : value <= bad ? 'warn' : 'bad';

const count = (name: RowName, n: number, level?: Level): Figure => ({ name, value: { unit: 'count', n }, level });
const perSecond = (name: RowName, n: number, level?: Level): Figure => ({
  name,
  value: { unit: 'perSecond', n },
  level,
});
const seconds = (name: RowName, n: number, warn: number, bad: number): Figure => ({
  name,
  value: { unit: 'seconds', n },
  level: above(n, warn, bad),
});
const times = (name: RowName, of: Quantiles, warn: number, bad: number): Figure => ({
  name,
  value: { unit: 'quantiles', of },
  level: above(of.p99, warn, bad),
});

/** What a process measured of itself, in parts, each figure judged. */
export function partsOf({ process, mqtt, ingest, queues, http }: ProcessFigures): Part[] {
  const parts: Part[] = [];
  if (mqtt)
    parts.push({
      name: 'mqtt',
      figures: [
        seconds('stalled', mqtt.stalledSeconds, 0, 30),
        seconds('oldest', mqtt.oldestPendingSeconds, 1, 10),
        times('acknowledge', mqtt.batchSeconds, 1, 5),
        { name: 'retries', value: { unit: 'perMinute', n: mqtt.retries }, level: above(mqtt.retries, 0) },
        { name: 'pending', value: { unit: 'waiting', messages: mqtt.pendingMessages, bytes: mqtt.pendingBytes } },
        perSecond('messages', mqtt.messagesPerSecond.normal + mqtt.messagesPerSecond.lifeSafety),
        perSecond('lifeSafety', mqtt.messagesPerSecond.lifeSafety),
        { name: 'batch', value: { unit: 'sizes', of: mqtt.batchMessages } },
        count('sessions', mqtt.sessions),
      ],
    });
  if (ingest) {
    const { stored, duplicate, conflict, refused } = ingest.readingsPerSecond;
    const rejected = ingest.rejected.reduce((sum, one) => sum + one.count, 0);
    parts.push({
      name: 'ingest',
      figures: [
        times('databaseCommit', ingest.databaseCommitSeconds, 0.5, 2),
        times('timeSeriesCommit', ingest.timeSeriesCommitSeconds, 0.5, 2),
        count('buffered', ingest.bufferedReadings, above(ingest.bufferedReadings, 0)),
        { name: 'rejected', value: { unit: 'perMinute', n: rejected }, level: above(rejected, 0) },
        perSecond('stored', stored),
        perSecond('duplicate', duplicate),
        perSecond('conflict', conflict, above(conflict, 0)),
        perSecond('refused', refused, above(refused, 0, 0)),
      ],
    });
  }
  if (queues)
    parts.push({
      name: 'queues',
      figures: queues.map(({ lane, ...tickets }) => ({
        name: 'tickets',
        lane,
        value: { unit: 'tickets', ...tickets },
      })),
    });
  if (http)
    parts.push({
      name: 'http',
      figures: [
        times('requestTime', http.requestSeconds, 1, 5),
        perSecond('requests', http.requestsPerSecond),
        count('streams', http.liveStreams),
      ],
    });
  const heapShare = process.heapLimitBytes > 0 ? process.heapUsedBytes / process.heapLimitBytes : 0;
  parts.push({
    name: 'process',
    figures: [
      {
        name: 'heap',
        value: { unit: 'share', used: process.heapUsedBytes, limit: process.heapLimitBytes },
        level: above(heapShare, 0.75, 0.9),
      },
      seconds('loop', process.loopDelayP99Seconds, 0.2, 1),
      { name: 'memory', value: { unit: 'bytes', n: process.rssBytes } },
      { name: 'processor', value: { unit: 'cores', n: process.cpuCores } },
    ],
  });
  return parts;
}

const bounded = (name: RowName, n: number, level?: Level): Figure => ({
  name,
  value: { unit: 'bounded', n, bound: backlogLimit },
  level,
});

/** Seconds that the oldest due job of a lane may wait. Other programs may take their time; what is grave may not. */
const patience: Record<string, [warn: number, bad: number]> = {
  urgent: [3, 15],
  default: [10, 60],
  outside: [60, 600],
  messages: [60, 600],
  alerts: [5, 30],
};

/** What waits for everybody together. */
export function backlogFigures({ jobs, outbox }: Backlog): Figure[] {
  const ofLanes = jobs.flatMap(({ lane, due, scheduled, dead, oldestDueSeconds }): Figure[] => {
    const [warn, bad] = patience[lane] ?? [10, 60];
    return [
      { ...seconds('oldestDue', oldestDueSeconds ?? 0, warn, bad), lane },
      { ...bounded('due', due), lane },
      { ...bounded('dead', dead, above(dead, 0)), lane },
      { ...bounded('scheduled', scheduled), lane },
    ];
  });
  return [...ofLanes, bounded('outbox', outbox.events, above(outbox.oldestSeconds, 5, 30))];
}
