import { maxClockAheadMs } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { TimeSeries } from '@sc/platform/time-series';
import { type Kysely, sql } from 'kysely';
import type { Detector } from './detector.js';
import type { DetectionInput } from './types.js';

/** How many devices one look for last readings is about. */
const chunk = 100;

/**
 * Feeds the detector what is stored, discarding the transitions: they were applied when they happened, and what was
 * missed is found by comparing the conditions that hold. Sources: readings from `from`, the newest reading of each
 * device however old (silence), the newest event of each type however old (an emergency has no end by itself).
 */
export async function rebuildDetector(
  detector: Detector,
  timeSeries: TimeSeries,
  db: Kysely<Database>,
  from: number,
  now: number,
): Promise<void> {
  const devices = await db.selectFrom('devices').select(['id', 'domain']).where('state', '=', 'registered').execute();
  const domainOf = new Map(devices.map(({ id, domain }) => [id, domain]));
  const inputs: DetectionInput[] = [];

  for (let start = 0; start < devices.length; start += chunk) {
    const ids = devices.slice(start, start + chunk).map(({ id }) => id);
    for (const { deviceId, metric, ts, value } of await timeSeries.last(ids)) {
      const domain = domainOf.get(deviceId);
      // What the scan below brings must not be taken first: it would make all before it look late.
      if (domain && ts < from) inputs.push({ kind: 'reading', deviceId, domain, metric, ts, value, receivedAt: 0 });
    }
  }
  detector.evaluate(inputs);

  for await (const readings of timeSeries.scan(from, now + maxClockAheadMs + 1)) {
    detector.evaluate(
      readings.flatMap(({ deviceId, metric, ts, value }) => {
        const domain = domainOf.get(deviceId);
        return domain ? [{ kind: 'reading' as const, deviceId, domain, metric, ts, value, receivedAt: 0 }] : [];
      }),
    );
  }

  const events = await db
    .selectFrom('deviceEvents')
    .innerJoin('devices', 'devices.id', 'deviceEvents.deviceId')
    .select([
      'deviceEvents.deviceId',
      'devices.domain',
      'deviceEvents.type',
      sql<Date>`max(device_events.ts)`.as('ts'),
      sql<string>`(array_agg(device_events.event_key order by device_events.ts desc))[1]`.as('eventKey'),
    ])
    .where('devices.state', '=', 'registered')
    .groupBy(['deviceEvents.deviceId', 'devices.domain', 'deviceEvents.type'])
    .execute();
  detector.evaluate(
    events.map(({ ts, ...event }) => ({ kind: 'event', ...event, ts: ts.getTime(), data: {}, receivedAt: 0 })),
  );
}
