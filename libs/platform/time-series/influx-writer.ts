import { type InfluxConnection, InfluxRefusedError } from './influx-connection.js';
import type { InfluxLifeState } from './influx-life-state.js';
import { lineOf } from './influx-lines.js';
import { storedOf } from './influx-queries.js';
import { type Series, type SeriesCatalog } from './series.js';
import type { AppendResult, Reading, ReadingValue } from './time-series.js';
import { wellFormed } from './validation.js';

interface Row {
  reading: Reading;
  series: Series;
  batch: number;
}

/** Lines per request: about half a megabyte. */
const LINES_PER_REQUEST = 5_000;
/** Of a series that is new to this process: so many of its newest readings are enough to judge what usually comes. */
const REMEMBERED = 32;
/** Late readings further apart than this are looked up on their own. */
const LATE_GAP_MS = 3_600_000;

/** Told once for each request of which the server refuses a part. */
export type OnRefused = (error: InfluxRefusedError, lines: number) => void;

/**
 * Writes batches and tells what became of each. Throws when it is not certain what is stored: the catalog then knows readings that may
 * not be there, and must be thrown away. Memory judges the newest readings; older ones are looked up before they are written.
 */
export async function writeBatches(
  influx: InfluxConnection,
  catalog: SeriesCatalog,
  life: InfluxLifeState,
  batches: readonly (readonly Reading[])[],
  onRefused: OnRefused,
): Promise<AppendResult[]> {
  await life.ready();
  const rows = await withSeries(influx, catalog, batches);
  const results = batches.map((): AppendResult => ({ stored: 0, duplicates: 0, conflicts: 0 }));
  const fresh: Row[] = [];
  const late: Row[] = [];
  for (const row of rows) {
    const verdict = row.series.offer(row.reading.ts, row.reading.value);
    if (verdict === 'new') fresh.push(row);
    else if (verdict === 'unknown') late.push(row);
    else count(results[row.batch]!, verdict === 'duplicate');
  }
  await markLate(life, fresh);
  await write(influx, fresh, results, onRefused);
  if (late.length === 0) return results;
  // After the fresh ones: a late reading may repeat one of them that has already left the memory of its series.
  const unknown = await withoutStored(influx, late, results);
  await markLate(life, unknown);
  await write(influx, unknown, results, onRefused);
  return results;
}

/** Before they are written: what has been rolled up must be rolled up again. */
async function markLate(life: InfluxLifeState, rows: readonly Row[]): Promise<void> {
  const { lateBefore } = life;
  const late = rows.filter(({ reading }) => reading.ts < lateBefore);
  if (late.length > 0) await life.mark(late.map(({ reading }) => reading));
}

/** Finds the series of each reading; those that memory does not know yet are asked for, all at once. */
async function withSeries(
  influx: InfluxConnection,
  catalog: SeriesCatalog,
  batches: readonly (readonly Reading[])[],
): Promise<Row[]> {
  const readings = batches.flatMap((batch, index) => batch.map((one) => ({ reading: wellFormed(one), batch: index })));
  const unknown = new Map<string, { deviceId: string; metric: string; from: number; to: number }>();
  for (const { reading } of readings) {
    const { deviceId, metric, ts } = reading;
    if (catalog.find(deviceId, metric)) continue;
    const key = JSON.stringify([deviceId, metric]);
    const span = unknown.get(key) ?? { deviceId, metric, from: ts, to: Number.POSITIVE_INFINITY };
    unknown.set(key, { ...span, from: Math.min(span.from, ts) });
  }
  const spans = [...unknown.values()];
  const found = await storedOf(influx, spans, REMEMBERED);
  spans.forEach(({ deviceId, metric, from }, index) => {
    const newest = found[index]!;
    const series = catalog.add(deviceId, metric, newest.length < REMEMBERED ? from : newest[0]!.ts);
    for (const { ts, value } of newest) series.offer(ts, value);
  });
  return readings.map(({ reading, batch }) => ({
    reading,
    batch,
    series: catalog.find(reading.deviceId, reading.metric)!,
  }));
}

/** Looks the late readings up in what is stored, counts each that is there, and returns those that are new. */
async function withoutStored(influx: InfluxConnection, late: readonly Row[], results: AppendResult[]): Promise<Row[]> {
  const known = new Map<Series, Map<number, ReadingValue>>();
  const spans = [...Map.groupBy(late, ({ series }) => series)].flatMap(([series, rows]) => {
    known.set(series, new Map());
    return spansOf(rows).map((span) => ({ ...span, series, deviceId: series.deviceId, metric: series.metric }));
  });
  const found = await storedOf(influx, spans);
  spans.forEach(({ series }, index) => {
    for (const { ts, value } of found[index]!) known.get(series)!.set(ts, value);
  });
  return late.filter(({ reading, series, batch }) => {
    const before = known.get(series)!.get(reading.ts);
    if (before !== undefined) count(results[batch]!, before === reading.value);
    else known.get(series)!.set(reading.ts, reading.value);
    return before === undefined;
  });
}

function spansOf(rows: readonly Row[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const ts of rows.map(({ reading }) => reading.ts).sort((a, b) => a - b)) {
    const current = spans.at(-1);
    if (current && ts - current.to <= LATE_GAP_MS) current.to = ts + 1;
    else spans.push({ from: ts, to: ts + 1 });
  }
  return spans;
}

async function write(
  influx: InfluxConnection,
  rows: readonly Row[],
  results: AppendResult[],
  onRefused: OnRefused,
): Promise<void> {
  for (let offset = 0; offset < rows.length; offset += LINES_PER_REQUEST) {
    const part = rows.slice(offset, offset + LINES_PER_REQUEST);
    let refused = 0;
    try {
      await influx.write(part.map(({ reading }) => lineOf(reading)));
    } catch (error) {
      if (!(error instanceof InfluxRefusedError)) throw error;
      // Without a number from the server none of them may be called stored.
      refused = Math.min(error.refused ?? part.length, part.length);
      onRefused(error, refused);
    }
    // Which ones were refused is not told: the count is right over all batches of this request.
    part.forEach(({ batch }, index) => {
      const result = results[batch]!;
      if (index < refused) result.refused = (result.refused ?? 0) + 1;
      else result.stored += 1;
    });
  }
}

function count(result: AppendResult, same: boolean): void {
  if (same) result.duplicates += 1;
  else result.conflicts += 1;
}
