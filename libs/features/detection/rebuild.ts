import { maxClockAheadMs } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { Reading, TimeSeries } from '@sc/platform/time-series';
import type { Kysely } from 'kysely';
import type { Detector } from './detector.js';
import { stretchesOf } from './reach.js';
import { newestEvents, StoredEvents } from './stored-events.js';
import type { DetectionInput } from './types.js';

/** How many devices one look for last readings is about. */
const chunk = 100;

/**
 * Feeds the detector what is stored, discarding the transitions: they were applied when they happened, and what was
 * missed is found by comparing the conditions that hold. Sources, in order of time as if they came now: readings as far
 * back as rules reach, of each metric that a rule looks at; events from `eventsFrom` on; before them the newest reading of
 * each metric and the newest event of each type however old (silence, a state that lasts, an emergency that has no end by itself).
 */
export async function rebuildDetector(
  detector: Detector,
  timeSeries: Pick<TimeSeries, 'last' | 'scan'>,
  db: Kysely<Database>,
  { reach, eventsFrom, now }: { reach: ReadonlyMap<string, number>; eventsFrom: number; now: number },
): Promise<void> {
  const devices = await db.selectFrom('devices').select(['id', 'domain']).where('state', '=', 'registered').execute();
  const domainOf = new Map(devices.map(({ id, domain }) => [id, domain]));
  const inputOf = (reading: Reading): DetectionInput[] => {
    const domain = domainOf.get(reading.deviceId);
    // When it reached us is not stored. That matters only to the clock's offset: silence and quiet count from the start.
    return domain ? [{ kind: 'reading', domain, receivedAt: Math.min(reading.ts, now), ...reading }] : [];
  };

  // While the past is told nothing was missed: what is stored is all there was.
  detector.listenFrom(0);
  const older: DetectionInput[] = await newestEvents(db, eventsFrom, now);
  const signsOfLife: DetectionInput[] = [];
  for (let start = 0; start < devices.length; start += chunk) {
    const ids = devices.slice(start, start + chunk).map(({ id }) => id);
    for (const reading of await timeSeries.last(ids)) {
      const reachMs = reach.get(reading.metric);
      // What the scan below brings must not be taken first: it would make all before it look late.
      if (reachMs === undefined) signsOfLife.push(...inputOf(reading));
      else if (reading.ts < now - reachMs) older.push(...inputOf(reading));
    }
  }
  // In order of time with all else: what is newer than the rest of the past would let it look late, or over.
  older.sort((a, b) => a.ts - b.ts);
  const olderUntil = (ts: number): DetectionInput[] => {
    const end = older.findIndex((input) => input.ts > ts);
    return older.splice(0, end === -1 ? older.length : end);
  };

  const events = new StoredEvents(db, eventsFrom, now);
  for (const { from, to, metrics } of stretchesOf(reach, now, now + maxClockAheadMs + 1)) {
    for await (const readings of timeSeries.scan(from, to, { metrics })) {
      const until = readings.reduce((newest, { ts }) => Math.max(newest, ts), from);
      // The detector sorts each batch by time.
      detector.evaluate([...olderUntil(until), ...readings.flatMap(inputOf), ...(await events.until(until))]);
    }
  }
  for (let rest = await events.next(); rest.length > 0; rest = await events.next())
    detector.evaluate([...olderUntil(rest.at(-1)?.ts ?? 0), ...rest]);
  detector.evaluate(older);
  detector.evaluate(signsOfLife);
}
