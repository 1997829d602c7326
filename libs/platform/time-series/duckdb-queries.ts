import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { decodeValue } from './duckdb-rows.js';
import { wholeMs } from './roll-up-spans.js';
import type { Series } from './series.js';
import type { Point, ReadingQuery, ReadingValue } from './time-series.js';

const READING = '{kind: kind, number: number, text: text}';

/** A row as every query here selects it: series, time, kind, number, text. */
export interface IdPoint {
  id: number;
  ts: number;
  value: ReadingValue;
}

export function asPoint([id, ts, kind, number, text]: readonly DuckDBValue[]): IdPoint {
  return { id: id as number, ts: ts as number, value: decodeValue(kind, number, text) };
}

export async function readPoints(
  connection: DuckDBConnection,
  series: readonly Series[],
  query: ReadingQuery,
): Promise<Point[]> {
  // The window function costs five times as much as a plain limit, which is enough for one device.
  const limited =
    series.length === 1
      ? `order by ts limit ${query.limit}`
      : `qualify row_number() over (partition by series_id order by ts) <= ${query.limit} order by series_id, ts`;
  const result = await connection.runAndReadAll(
    `select series_id, ts::double, kind, number, text from all_readings where ${matching(series, query)} ${limited}`,
  );
  return byDevice(result.getRows().map(asPoint), series);
}

/** The newest stored reading of each of these series, from the stored readings alone. */
export async function lastStored(
  connection: DuckDBConnection,
  series: readonly Series[],
): Promise<Map<number, IdPoint>> {
  const result = await connection.runAndReadAll(
    `select series_id, ts::double, reading.kind, reading.number, reading.text from (
       select series_id, max(ts) as ts, arg_max(${READING}, ts) as reading
       from all_readings where ${seriesIn(series)} group by series_id)`,
  );
  return new Map(result.getRows().map((row) => [asPoint(row).id, asPoint(row)]));
}

function matching(series: readonly Series[], query: { from: number; to: number }): string {
  return `${seriesIn(series)} and ${between(query.from, query.to)}`;
}

export function seriesIn(series: readonly Series[]): string {
  return `series_id in (${series.map(({ id }) => id).join(', ')})`;
}

/** Bounds as whole numbers: DuckDB would otherwise compare as doubles and lose its pruning by time. */
export function between(from: number, to: number): string {
  return `ts >= ${wholeMs(from)} and ts < ${wholeMs(to)}`;
}

/** Series of one metric have one device each; DuckDB would order by the bytes of the names, the port by their code units. */
export function byDevice(rows: readonly IdPoint[], series: readonly Series[]): Point[] {
  const ordered = series.toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
  const pointsOf = new Map(ordered.map(({ id }) => [id, [] as Point[]]));
  const deviceOf = new Map(ordered.map(({ id, deviceId }) => [id, deviceId]));
  for (const { id, ts, value } of rows) pointsOf.get(id)?.push({ deviceId: deviceOf.get(id)!, ts, value });
  return [...pointsOf.values()].flat();
}
