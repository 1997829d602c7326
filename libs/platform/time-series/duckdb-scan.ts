import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import type { DuckDbFile } from './duckdb-file.js';
import { between, seriesIn } from './duckdb-queries.js';
import { KIND_BOOLEAN, KIND_NUMBER } from './duckdb-rows.js';
import type { DuckDbSession } from './duckdb-session.js';
import type { SeriesCatalog } from './series.js';
import type { Reading, ReadingValue, ScanFilter } from './time-series.js';

/** The history is looked at in slices of whole hours: sorting one of them is bounded, sorting all of it is not. */
const HOUR_MS = 3_600_000;
const defaultPage = 250_000;

interface Slice {
  /** Its first and its last hour, as `ts // HOUR_MS`. */
  first: number;
  last: number;
  /** Whether it holds strings: to sort their column costs a third of all, and there are hardly ever any. */
  texts: boolean;
}

interface Range {
  from: number;
  to: number;
  wanted: string;
  /** Readings per query, and so per slice where an hour holds no more. */
  pageSize: number;
}

/** Where a page ended. */
interface Place {
  ts: number;
  id: number;
}

/** Every reading of the range in order of time, in chunks of DuckDB's vector size; no query stays open between pages. */
export async function* scanReadings(
  file: DuckDbFile,
  session: DuckDbSession,
  { from, to, ...filter }: ScanFilter & { from: number; to: number },
  pageSize = defaultPage,
): AsyncIterable<Reading[]> {
  const wanted = seriesWanted(session.catalog, filter);
  if (wanted === undefined) return;
  const range = { from, to, wanted, pageSize };
  for (const slice of await file.query(session, (connection) => slicesOf(connection, range))) {
    let after: Place | undefined;
    do {
      const chunks = await file.query(session, (connection) => page(connection, slice, range, after));
      const rows = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
      after = rows === pageSize ? placeOf(chunks.at(-1)) : undefined;
      for (const chunk of chunks) yield decode(chunk, session.catalog);
    } while (after);
  }
}

/** The condition of a scan's filter; undefined when nothing can match. Devices are many, so without them the series table says which. */
function seriesWanted(catalog: SeriesCatalog, { deviceIds, metrics }: ScanFilter): string | undefined {
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

/** Hours that hold something, put together as long as they fit one page. */
async function slicesOf(connection: DuckDBConnection, { from, to, wanted, pageSize }: Range): Promise<Slice[]> {
  const result = await connection.runAndReadAll(
    `select (ts // ${HOUR_MS})::double, count(*)::double, count(text)::double from all_readings
     where ${wanted} and ${between(from, to)} group by 1 order by 1`,
  );
  const slices: Slice[] = [];
  let readings = 0;
  for (const [hour, count, texts] of result.getRows() as [number, number, number][]) {
    const open = slices.at(-1);
    readings += count;
    if (open && readings < pageSize) Object.assign(open, { last: hour, texts: open.texts || texts > 0 });
    else {
      slices.push({ first: hour, last: hour, texts: texts > 0 });
      readings = count;
    }
  }
  return slices;
}

/** The next readings of one slice in order of time, after the place where the page before ended. */
async function page(
  connection: DuckDBConnection,
  { first, last, texts }: Slice,
  range: Range,
  after: Place | undefined,
): Promise<DuckDBDataChunk[]> {
  // Integer division rounds towards the epoch, so the hour around it is two hours wide.
  const from = Math.max(range.from, (first - 1) * HOUR_MS, after?.ts ?? Number.NEGATIVE_INFINITY);
  const span = between(from, Math.min(range.to, (last + 1) * HOUR_MS));
  const rest = after ? ` and (ts > ${after.ts} or series_id > ${after.id})` : '';
  const result = await connection.run(
    `select series_id, ts::double, kind, number${texts ? ', text' : ''} from all_readings
     where ${range.wanted} and ${span} and ts // ${HOUR_MS} between ${first} and ${last}${rest}
     order by ts, series_id limit ${range.pageSize}`,
  );
  return result.fetchAllChunks();
}

function placeOf(chunk: DuckDBDataChunk | undefined): Place | undefined {
  if (!chunk) return undefined;
  const row = chunk.rowCount - 1;
  return { id: chunk.getColumnVector(0).getItem(row) as number, ts: chunk.getColumnVector(1).getItem(row) as number };
}

/** By columns, which is several times faster than by rows: this is the one answer that may be millions long. */
function decode(chunk: DuckDBDataChunk, catalog: SeriesCatalog): Reading[] {
  const [ids, times, kinds, numbers] = [0, 1, 2, 3].map((column) => chunk.getColumnVector(column));
  // Mostly all null, and a null costs more to find than a number: looked at only for a string.
  const text = (row: number) => chunk.getColumnVector(4).getItem(row) as string;
  const readings = new Array<Reading>(chunk.rowCount);
  for (let row = 0; row < readings.length; row += 1) {
    const series = catalog.get(ids!.getItem(row) as number)!;
    const kind = kinds!.getItem(row) as number;
    const value: ReadingValue =
      kind === KIND_NUMBER
        ? (numbers!.getItem(row) as number)
        : kind === KIND_BOOLEAN
          ? numbers!.getItem(row) === 1
          : text(row);
    readings[row] = { deviceId: series.deviceId, metric: series.metric, ts: times!.getItem(row) as number, value };
  }
  return readings;
}
