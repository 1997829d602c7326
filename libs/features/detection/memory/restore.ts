import type { Database } from '@sc/platform/database';
import type { TimeSeries } from '@sc/platform/time-series';
import type { Kysely } from 'kysely';
import type { Detector } from '../detector.js';
import { metricsOf } from '../kinds/index.js';
import { type TakenUp, takeUpMemories } from './long-memories.js';
import { readMemories } from './memory-rows.js';

/** Memories are some kilobytes each; how many devices' are in hand at once. */
const chunk = 100;

/** At a start, before the past is told again: long memories are as they were kept. */
export async function restoreMemories(detector: Detector, db: Kysely<Database>): Promise<TakenUp[]> {
  // Where no rule learns a start is not held up by asking for each device.
  if (!(await db.selectFrom('detectorMemory').select('deviceId').limit(1).executeTakeFirst())) return [];
  const devices = await db.selectFrom('devices').select(['id', 'domain']).where('state', '=', 'registered').execute();
  const domainOf = new Map(devices.map(({ id, domain }) => [id, domain]));
  const taken: TakenUp[] = [];
  for (let start = 0; start < devices.length; start += chunk) {
    const ids = devices.slice(start, start + chunk).map(({ id }) => id);
    for (const one of takeUpMemories(detector, domainOf, await readMemories(db, ids)))
      // What is needed from here on is what it covers, not its numbers twice.
      taken.push({ ...one, kept: { ...one.kept, numbers: new Float64Array(0) } });
  }
  return taken;
}

/**
 * What came since a memory was kept is told again with everything else, unless it lies further back than that reaches: a device that was
 * silent and then sent what it had gathered. Such a memory is told its own readings up to `until`.
 */
export async function catchUp(
  detector: Detector,
  timeSeries: Pick<TimeSeries, 'last' | 'scan'>,
  taken: readonly TakenUp[],
  until: (metric: string) => number,
): Promise<void> {
  const behind = taken.filter(({ slot, kept }) => metricsOf(slot.rule.condition).some((m) => kept.newestTs < until(m)));
  for (let start = 0; start < behind.length; start += chunk) {
    const part = behind.slice(start, start + chunk);
    const newest = await timeSeries.last([...new Set(part.map(({ kept }) => kept.deviceId))]);
    for (const one of part) {
      const metrics = metricsOf(one.slot.rule.condition);
      const isNewer = newest.some(
        ({ deviceId, metric, ts }) =>
          deviceId === one.kept.deviceId && metrics.includes(metric) && ts > one.kept.newestTs,
      );
      if (isNewer) await tell(detector, timeSeries, one, metrics, until);
    }
  }
}

async function tell(
  detector: Detector,
  timeSeries: Pick<TimeSeries, 'scan'>,
  { slot, domain, kept }: TakenUp,
  metrics: readonly string[],
  until: (metric: string) => number,
): Promise<void> {
  const to = Math.max(...metrics.map(until));
  for await (const readings of timeSeries.scan(kept.newestTs + 1, to, { deviceIds: [kept.deviceId], metrics }))
    detector.retell(
      slot,
      readings
        .toSorted((a, b) => a.ts - b.ts)
        .map((reading) => ({ kind: 'reading' as const, domain, receivedAt: reading.ts, ...reading })),
    );
}
