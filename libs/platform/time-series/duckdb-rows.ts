import {
  BIGINT,
  DOUBLE,
  DuckDBDataChunk,
  UINTEGER,
  UTINYINT,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Series } from './series.js';
import type { ReadingValue } from './time-series.js';

const SERIES_TYPES = [UINTEGER, VARCHAR, VARCHAR];
const READING_TYPES = [UINTEGER, BIGINT, UTINYINT, DOUBLE, VARCHAR];
const KEY_TYPES = [UINTEGER, BIGINT];
/** DuckDB's vector size: a chunk cannot hold more. */
const CHUNK_ROWS = 2_048;

/** `kind`: booleans are kept as the numbers 0 and 1 so that they aggregate like numbers. */
export const KIND_NUMBER = 0;
export const KIND_BOOLEAN = 1;
export const KIND_STRING = 2;

export interface Row {
  series: Series;
  ts: number;
  value: ReadingValue;
}

export function decodeValue(
  kind: DuckDBValue | undefined,
  number: DuckDBValue | undefined,
  text: DuckDBValue | undefined,
): ReadingValue {
  if (kind === KIND_STRING) return text as string;
  return kind === KIND_BOOLEAN ? number === 1 : (number as number);
}

export async function appendSeries(connection: DuckDBConnection, series: readonly Series[]): Promise<void> {
  await appendRows(connection, 'series', SERIES_TYPES, series, ({ id, deviceId, metric }, set) => {
    set(0, id);
    set(1, deviceId);
    set(2, metric);
  });
}

export async function appendReadings(connection: DuckDBConnection, rows: readonly Row[]): Promise<void> {
  await appendRows(connection, 'readings', READING_TYPES, rows, ({ series, ts, value }, set) => {
    set(0, series.id);
    set(1, BigInt(ts));
    if (typeof value === 'string') {
      set(2, KIND_STRING);
      set(3, null);
      set(4, value);
      return;
    }
    set(2, typeof value === 'boolean' ? KIND_BOOLEAN : KIND_NUMBER);
    set(3, Number(value));
    set(4, null);
  });
}

export async function appendKeys(connection: DuckDBConnection, table: string, rows: readonly Row[]): Promise<void> {
  await appendRows(connection, table, KEY_TYPES, rows, ({ series, ts }, set) => {
    set(0, series.id);
    set(1, BigInt(ts));
  });
}

/** Appends within the connection's transaction; nothing is durable before its commit. */
async function appendRows<T>(
  connection: DuckDBConnection,
  table: string,
  types: readonly DuckDBType[],
  items: readonly T[],
  write: (item: T, set: (column: number, value: DuckDBValue) => void) => void,
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (let offset = 0; offset < items.length; offset += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, items.length - offset);
    const chunk = DuckDBDataChunk.create(types, count);
    const vectors = types.map((_, column) => chunk.getColumnVector(column));
    let row = 0;
    const set = (column: number, value: DuckDBValue) => vectors[column]!.setItem(row, value);
    for (; row < count; row += 1) write(items[offset + row]!, set);
    for (const vector of vectors) vector.flush();
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
