import type { InfluxConnection } from './influx-connection.js';
import { decodeName, encodeName, MEASUREMENT } from './influx-lines.js';
import { ROLL_UPS } from './influx-roll-up.js';
import { floorTo, HOUR_MS } from './roll-up-spans.js';
import type { Maintenance, MaintenanceStep, SeriesRetention } from './time-series-life.js';

/** Series whose oldest are deleted in one step. */
const SERIES_PER_STEP = 200;

const LEVELS: readonly { measurement: string; counted: string; keptMs: (retention: SeriesRetention) => number }[] = [
  { measurement: MEASUREMENT, counted: 'k', keptMs: ({ rawMs }) => rawMs },
  { measurement: ROLL_UPS.minute, counted: 'c', keptMs: ({ minuteMs }) => minuteMs },
  { measurement: ROLL_UPS.hour, counted: 'c', keptMs: ({ hourMs }) => hourMs },
];

/** Deletes what has expired of some series; undefined when nothing has. 3.x cannot delete: there the bucket's own retention must do it. */
export async function expireSeries(
  influx: InfluxConnection,
  { now, retentionOf }: Maintenance,
): Promise<MaintenanceStep | undefined> {
  for (const { measurement, counted, keptMs } of LEVELS) {
    const newest = await oldSeries(influx, measurement, counted, Number.POSITIVE_INFINITY);
    const floors = new Set(newest.map(({ device, metric }) => floorOf(now, keptMs(retentionOf(device, metric)))));
    for (const floor of [...floors].sort((a, b) => a - b)) {
      const expired = (await oldSeries(influx, measurement, counted, floor))
        .filter(({ device, metric }) => floorOf(now, keptMs(retentionOf(device, metric))) === floor)
        .slice(0, SERIES_PER_STEP);
      if (expired.length === 0) continue;
      await influx.query(
        expired.map(
          ({ device, metric }) =>
            `delete from ${measurement} where device = '${encodeName(device)}' and metric = '${encodeName(metric)}' and time < ${floor}ms`,
        ),
      );
      const rows = expired.reduce((sum, { count }) => sum + count, 0);
      const isRaw = measurement === MEASUREMENT;
      return { did: 'expired', readings: isRaw ? rows : 0, rollUps: isRaw ? 0 : rows };
    }
  }
  return undefined;
}

/** The series that have something before this. */
async function oldSeries(
  influx: InfluxConnection,
  measurement: string,
  counted: string,
  before: number,
): Promise<{ device: string; metric: string; count: number }[]> {
  const older = Number.isFinite(before) ? ` where time < ${before}ms` : '';
  const what = Number.isFinite(before) ? `count(${counted}) as count` : `last(${counted}) as count`;
  const [answer] = await influx.query([`select ${what} from ${measurement}${older} group by device, metric`]);
  return (answer ?? []).map(({ tags, rows }) => ({
    device: decodeName(tags['device'] ?? ''),
    metric: decodeName(tags['metric'] ?? ''),
    count: (rows[0]?.['count'] as number | undefined) ?? 0,
  }));
}

function floorOf(now: number, keptMs: number): number {
  return floorTo(now - keptMs, HOUR_MS);
}
