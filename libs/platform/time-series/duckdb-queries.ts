import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { decodeValue } from './duckdb-rows.js';
import { wholeMs } from './roll-up-spans.js';
import type { Series, SeriesCatalog } from './series.js';
import type { Point, ReadingQuery, ReadingValue, ScanFilter } from './time-series.js';

/** A scan reads the history in slices of this width: sorting one of them is bounded, sorting all of it is not. */
const SCAN_SLICE_MS = 3_600_000;
/** Readings per query of a scan. Compacted days are in order of series: each query of a page reads them all, so pages are large. */
export const SCAN_PAGE = 100_000;
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

/** The starts of the non-empty slices of [from, to). */
export async function scanSlices(connection: DuckDBConnection, from: number, to: number): Promise<number[]> {
  const result = await connection.runAndReadAll(
    `select distinct ts // ${SCAN_SLICE_MS} * ${SCAN_SLICE_MS}::double from all_readings where ${between(from, to)} order by 1`,
  );
  return result.getRows().map(([start]) => start as number);
}

/** The condition of a scan's filter; undefined when nothing can match. Devices are many, so without them the series table says which. */
export function seriesWanted(catalog: SeriesCatalog, { deviceIds, metrics }: ScanFilter): string | undefined {
  const names = metrics?.map((metric) => metric.toWellFormed());
  if (!deviceIds) {
    if (!names) return 'true';
    const quoted = names.map((name) => `'${name.replaceAll("'", "''")}'`);
    return quoted.length > 0
      ? `series_id in (select id from series where metric in (${quoted.join(', ')}))`
      : undefined;
  }
  const series = [...new Set(deviceIds)].flatMap((deviceId) => catalog.ofDevice(deviceId));
  const wanted = names ? series.filter(({ metric }) => names.includes(metric)) : series;
  return wanted.length > 0 ? seriesIn(wanted) : undefined;
}

/** The next readings of one slice in order of time, after the last one of the page before: no query stays open between pages. */
export async function scanPage(
  connection: DuckDBConnection,
  slice: number,
  range: { from: number; to: number; wanted: string },
  after: IdPoint | undefined,
): Promise<IdPoint[]> {
  // Integer division rounds towards the epoch, so the slice around it is two widths wide.
  const inSlice = `ts // ${SCAN_SLICE_MS} * ${SCAN_SLICE_MS} = ${slice}`;
  const from = Math.max(range.from, slice - SCAN_SLICE_MS, after?.ts ?? Number.NEGATIVE_INFINITY);
  const span = between(from, Math.min(range.to, slice + SCAN_SLICE_MS));
  const rest = after ? ` and (ts > ${after.ts} or series_id > ${after.id})` : '';
  const result = await connection.runAndReadAll(
    `select series_id, ts::double, kind, number, text from all_readings where ${range.wanted} and ${span} and ${inSlice}${rest}
     order by ts, series_id limit ${SCAN_PAGE}`,
  );
  // By columns, which is faster than by rows: this is the one answer that may be millions long.
  const [id = [], ts = [], kind = [], number = [], text = []] = result.getColumns();
  return id.map((one, row) => asPoint([one, ts[row]!, kind[row]!, number[row]!, text[row]!]));
}

function matching(series: readonly Series[], query: { from: number; to: number }): string {
  return `${seriesIn(series)} and ${between(query.from, query.to)}`;
}

export function seriesIn(series: readonly Series[]): string {
  return `series_id in (${series.map(({ id }) => id).join(', ')})`;
}

/** Bounds as whole numbers: DuckDB would otherwise compare as doubles and lose its pruning by time. */
function between(from: number, to: number): string {
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
