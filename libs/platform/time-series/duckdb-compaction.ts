import { ALONE, floorSql } from './duckdb-schema.js';
import type { DuckDbSession } from './duckdb-session.js';
import { inTransaction } from './duckdb-transaction.js';
import { HOUR_MS, MINUTE_MS } from './roll-up-spans.js';
import type { MaintenanceStep } from './time-series-life.js';

/** Readings of one slice: a day of 100 million in a month, and sorted within the memory that DuckDB may use. */
export const SLICE_READINGS = 4_000_000;
/** Readings grouped at once: DuckDB cannot move the groups of an aggregate with texts to disk. */
const GROUPED_AT_ONCE = 300_000;
const DAY_MS = 24 * HOUR_MS;

/** How many readings are closed, and where the slice of the oldest of them ends. */
export interface ClosedReadings {
  readings: number;
  oldest: number;
  /** Exclusive. */
  sliceEnd: number;
}

/** What of the newly arrived is older than `before`; undefined when nothing is. */
export async function closedReadings(
  session: DuckDbSession,
  before: number,
  sliceReadings = SLICE_READINGS,
): Promise<ClosedReadings | undefined> {
  const hours = await countBy(session, HOUR_MS, Number.NEGATIVE_INFINITY, before);
  const [first] = hours;
  if (!first) return undefined;
  const readings = hours.reduce((sum, { count }) => sum + count, 0);
  const buckets =
    first.count > 2 * sliceReadings ? await countBy(session, MINUTE_MS, first.start, first.start + HOUR_MS) : hours;
  const width = buckets === hours ? HOUR_MS : MINUTE_MS;
  let sliceEnd = Number.NEGATIVE_INFINITY;
  let taken = 0;
  for (const { start, count } of buckets) {
    if (taken > 0 && taken + count > sliceReadings) break;
    taken += count;
    sliceEnd = start + width;
  }
  return { readings, oldest: first.start, sliceEnd: Math.min(sliceEnd, before) };
}

/** Moves what is older than `before` to the history and adds it to the roll-ups: all of it or nothing. */
export async function compactSlice(session: DuckDbSession, before: number): Promise<MaintenanceStep> {
  const order = `${floorSql('ts', DAY_MS)}, series_id, ts`;
  return inTransaction(session, async (run) => {
    await run(`create or replace temp table slice as
      select series_id, ts, kind, number, text,
        (case when ${differs('hour')} then ${ALONE.hour} when ${differs('minute')} then ${ALONE.minute} else ${ALONE.never} end) as alone
      from (select *, ${floorSql('ts', MINUTE_MS)} as minute, ${floorSql('ts', HOUR_MS)} as hour from readings where ts < ${before})
      window neighbours as (partition by series_id order by ts)`);
    const readings = await run(`insert into history select * from slice order by ${order}`);
    let rollUps = 0;
    const perSeries = await run('select series_id, count(*)::double from slice group by 1 order by 1', true);
    for (const [from, to] of portions(perSeries as [number, number][])) {
      const portion = `slice where series_id between ${from} and ${to}`;
      rollUps += await run(rollUp('rollup_1m', MINUTE_MS, `${portion} and alone < ${ALONE.minute}`));
      rollUps += await run(rollUp('rollup_1h', HOUR_MS, `${portion} and alone < ${ALONE.hour}`));
    }
    await run(`delete from readings where ts < ${before}`);
    await run('drop table slice');
    return { did: 'compacted', readings, rollUps };
  });
}

/** From both neighbours in its series. */
function differs(window: string): string {
  return ['lag', 'lead'].map((to) => `${to}(${window}) over neighbours is distinct from ${window}`).join(' and ');
}

function rollUp(table: string, width: number, from: string): string {
  const start = floorSql('ts', width);
  const ifSeveral = (expression: string) => `case when count(*) > 1 then ${expression} end`;
  return `insert into ${table}
    select series_id, ${start} as start, count(*), count(number), sum(number),
      ${ifSeveral('min(number)')}, ${ifSeveral('max(number)')},
      min(ts - ${start}), arg_min(kind, ts), ${ifSeveral('arg_min_null(number, ts)')}, arg_min_null(text, ts),
      ${ifSeveral(`max(ts - ${start})`)}, ${['kind', 'number', 'text'].map((column) => ifSeveral(`arg_max_null(${column}, ts)`)).join(', ')}
    from ${from} group by 1, 2 order by 1, 2`;
}

async function countBy(
  session: DuckDbSession,
  width: number,
  from: number,
  before: number,
): Promise<{ start: number; count: number }[]> {
  const since = Number.isFinite(from) ? `ts >= ${from} and ` : '';
  const result = await session.maintain(
    `select ${floorSql('ts', width)}::double as start, count(*)::double from readings where ${since}ts < ${before}
     group by 1 order by 1`,
  );
  return result.getRows().map(([start, count]) => ({ start: start as number, count: count as number }));
}

/** Neighbouring series, together few enough readings to be grouped at once. */
function* portions(perSeries: readonly [id: number, readings: number][]): Iterable<[from: number, to: number]> {
  let readings = 0;
  let from: number | undefined;
  for (const [index, [id, count]] of perSeries.entries()) {
    from ??= id;
    readings += count;
    const next = perSeries[index + 1]?.[1];
    if (next !== undefined && readings + next <= GROUPED_AT_ONCE) continue;
    yield [from, id];
    [readings, from] = [0, undefined];
  }
}
