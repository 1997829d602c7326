import { asPoint } from './duckdb-queries.js';
import { appendKeys, appendReadings, appendSeries, type Row } from './duckdb-rows.js';
import type { DuckDbSession } from './duckdb-session.js';
import type { Series } from './series.js';
import type { AppendResult, Reading, ReadingValue } from './time-series.js';
import { wellFormed } from './validation.js';

interface LateRow extends Row {
  batch: number;
}

/** Late readings further apart than this are looked up on their own, so that one very old reading does not widen the search for all. */
const LATE_GAP_MS = 3_600_000;
/** Beyond this many look-ups one over the whole span is cheaper. */
const MAX_LOOKUPS = 8;

/**
 * Commits batches together in one transaction and tells what became of each. Throws when nothing of them is certain:
 * the session's catalog then knows readings that may not be stored, and the session must be discarded.
 */
export async function commitBatches(
  session: DuckDbSession,
  batches: readonly (readonly Reading[])[],
): Promise<AppendResult[]> {
  const results = batches.map((): AppendResult => ({ stored: 0, duplicates: 0, conflicts: 0 }));
  const added: Series[] = [];
  const fresh: Row[] = [];
  const late: LateRow[] = [];
  const lateValues = new Map<Series, Map<number, ReadingValue>>();

  batches.forEach((readings, batch) => {
    const result = results[batch]!;
    for (const reading of readings) {
      const series = session.catalog.find(reading.deviceId, reading.metric) ?? findOrAdd(session, reading, added);
      const { ts } = reading;
      const value = typeof reading.value === 'string' ? reading.value.toWellFormed() : reading.value;
      const verdict = series.offer(ts, value);
      if (verdict === 'new') {
        fresh.push({ series, ts, value });
        result.stored += 1;
      } else if (verdict === 'duplicate') result.duplicates += 1;
      else if (verdict === 'conflict') result.conflicts += 1;
      else {
        let seen = lateValues.get(series);
        if (!seen) lateValues.set(series, (seen = new Map<number, ReadingValue>()));
        const before = seen.get(ts);
        if (before !== undefined) count(result, before === value);
        else {
          seen.set(ts, value);
          late.push({ series, ts, value, batch });
        }
      }
    }
  });
  if (fresh.length === 0 && late.length === 0) return results;

  await session.writer.run('begin');
  if (added.length > 0) await appendSeries(session.writer, added);
  if (fresh.length > 0) await appendReadings(session.writer, fresh);
  // After the fresh ones: a late reading may repeat one of them that has already left the memory of its series.
  const unknown = late.length > 0 ? await withoutStored(session, late, results) : [];
  if (unknown.length > 0) await appendReadings(session.writer, unknown);
  await session.writer.run('commit');

  for (const { series, ts, value } of fresh) series.committed(ts, value);
  for (const { series, ts, value } of unknown) series.committedLate(ts, value);
  return results;
}

function findOrAdd(session: DuckDbSession, reading: Reading, added: Series[]): Series {
  const { deviceId, metric } = wellFormed(reading);
  const known = session.catalog.find(deviceId, metric);
  if (known) return known;
  const series = session.catalog.add(deviceId, metric, Number.NEGATIVE_INFINITY);
  added.push(series);
  return series;
}

/** Looks the late readings up in what is stored, counts each, and returns those that are new. */
async function withoutStored(
  session: DuckDbSession,
  late: readonly LateRow[],
  results: AppendResult[],
): Promise<LateRow[]> {
  await session.writer.run('create or replace temp table late(series_id uinteger, ts bigint)');
  await appendKeys(session.writer, 'late', late);
  const stored = new Map<number, Map<number, ReadingValue>>();
  for (const [from, to] of spans(late)) {
    const found = await session.writer.runAndReadAll(
      `select r.series_id, r.ts::double, r.kind, r.number, r.text from all_readings r semi join late using (series_id, ts)
       where r.ts between ${from} and ${to}`,
    );
    for (const { id, ts, value } of found.getRows().map(asPoint)) {
      let values = stored.get(id);
      if (!values) stored.set(id, (values = new Map<number, ReadingValue>()));
      values.set(ts, value);
    }
  }
  await session.writer.run('drop table late');
  return late.filter(({ series, ts, value, batch }) => {
    const before = stored.get(series.id)?.get(ts);
    if (before !== undefined) count(results[batch]!, before === value);
    else results[batch]!.stored += 1;
    return before === undefined;
  });
}

function spans(late: readonly Row[]): [from: number, to: number][] {
  const times = late.map(({ ts }) => ts).sort((a, b) => a - b);
  const result: [number, number][] = [];
  for (const ts of times) {
    const current = result.at(-1);
    if (current && ts - current[1] <= LATE_GAP_MS) current[1] = ts;
    else result.push([ts, ts]);
  }
  return result.length <= MAX_LOOKUPS ? result : [[times[0]!, times.at(-1)!]];
}

function count(result: AppendResult, same: boolean): void {
  if (same) result.duplicates += 1;
  else result.conflicts += 1;
}
