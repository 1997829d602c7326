import { SLICE_READINGS } from './duckdb-compaction.js';
import { ALONE, floorSql } from './duckdb-schema.js';
import type { DuckDbSession } from './duckdb-session.js';
import { inTransaction } from './duckdb-transaction.js';
import { floorTo, HOUR_MS, MINUTE_MS } from './roll-up-spans.js';
import type { Maintenance, MaintenanceStep, SeriesRetention } from './time-series-life.js';

interface Level {
  table: string;
  time: 'ts' | 'start';
  keptMs: (retention: SeriesRetention) => number;
}

const LEVELS: readonly Level[] = [
  { table: 'history', time: 'ts', keptMs: ({ rawMs }) => rawMs },
  { table: 'rollup_1m', time: 'start', keptMs: ({ minuteMs }) => minuteMs },
  { table: 'rollup_1h', time: 'start', keptMs: ({ hourMs }) => hourMs },
];

/** Deletes the oldest slice of what has expired; undefined when nothing has. */
export async function expireSlice(
  session: DuckDbSession,
  { now, retentionOf }: Maintenance,
): Promise<MaintenanceStep | undefined> {
  const series = [...session.catalog.all()].map(({ id, deviceId, metric }) => ({
    id,
    retention: retentionOf(deviceId, metric),
  }));
  for (const level of LEVELS) {
    const oldest = await session.maintain(`select min(${level.time})::double from ${level.table}`);
    for (const [keptMs, alike] of Map.groupBy(series, ({ retention }) => level.keptMs(retention))) {
      // Down to the hour: nothing goes early, and an hour goes as a whole.
      const floor = floorTo(now - keptMs, HOUR_MS);
      if (((oldest.value(0, 0) as number | null) ?? floor) >= floor) continue;
      const ids = alike.map(({ id }) => id);
      const step = await expireOf(session, level, ids, floor);
      if (step) return step;
    }
  }
  return undefined;
}

async function expireOf(
  session: DuckDbSession,
  { table, time }: Level,
  ids: readonly number[],
  floor: number,
): Promise<MaintenanceStep | undefined> {
  await session.maintain(
    `create or replace temp table expiring as select unnest([${ids.join(', ')}])::uinteger as series_id`,
  );
  const hours = await session.maintain(
    `select ${floorSql(time, HOUR_MS)}::double, count(*)::double from ${table} semi join expiring using (series_id)
     where ${time} < ${floor} group by 1 order by 1`,
  );
  let end = Number.NEGATIVE_INFINITY;
  let taken = 0;
  for (const [start, count] of hours.getRows() as [number, number][]) {
    if (taken > 0 && taken + count > SLICE_READINGS) break;
    taken += count;
    end = start + HOUR_MS;
  }
  if (taken === 0) return undefined;
  const expired = `${time} < ${end} and series_id in (select series_id from expiring)`;
  return inTransaction(session, async (run) => {
    if (table === 'history') {
      await run(`${keepAlone('rollup_1m', MINUTE_MS)} where alone >= ${ALONE.minute} and ${expired}`);
      await run(`${keepAlone('rollup_1h', HOUR_MS)} where alone = ${ALONE.hour} and ${expired}`);
    }
    const deleted = await run(`delete from ${table} where ${expired}`);
    return { did: 'expired', readings: table === 'history' ? deleted : 0, rollUps: table === 'history' ? 0 : deleted };
  });
}

/** A reading that was its own roll-up gets a row of its own there when it goes; where that has expired too, it goes next. */
function keepAlone(table: string, width: number): string {
  const start = floorSql('ts', width);
  return `insert into ${table}(series_id, start, readings, numbers, sum, first_ms, first_kind, first_text)
    select series_id, ${start}, 1, if(number is null, 0, 1), number, ts - ${start}, kind, text from history`;
}
