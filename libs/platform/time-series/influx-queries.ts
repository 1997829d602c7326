import type { InfluxRows } from './influx-answer.js';
import type { InfluxConnection } from './influx-connection.js';
import { decodeName, decodeValue, encodeName, MAX_TIME_MS, MEASUREMENT } from './influx-lines.js';
import { wholeMs as clamped } from './roll-up-spans.js';
import type { Point, Reading, ReadingQuery, ReadingValue, ScanFilter } from './time-series.js';
import { MAX_POINTS } from './validation.js';

/** Readings per chunk of a scan. */
const SCAN_CHUNK = 10_000;
/** Readings per query of a scan: each begins with merging all series anew, which costs more than the readings of a small page. */
const SCAN_PAGE = 100_000;
/** A scan goes through the history in slices of this width: merging the series of one is bounded, merging all of it is not. */
const SCAN_SLICE_MS = 3_600_000;

export interface Stored {
  ts: number;
  value: ReadingValue;
}

export async function readPoints(influx: InfluxConnection, query: ReadingQuery): Promise<Point[]> {
  const devices = sortedDevices(query.deviceIds);
  const answers = await influx.query(
    devices.map((deviceId) =>
      select({ ...query, deviceId, rest: `order by time asc limit ${Math.min(query.limit, MAX_POINTS)}` }),
    ),
  );
  return devices.flatMap((deviceId, index) => stored(answers[index]!).map((point) => ({ deviceId, ...point })));
}

export async function lastReadings(influx: InfluxConnection, deviceIds: readonly string[]): Promise<Reading[]> {
  const devices = sortedDevices(deviceIds);
  const found = await lastBy(influx, devices, (where) => `select k, n, s ${where} order by time desc limit 1`);
  // With twenty thousand readings a series InfluxDB 1.6 left out some of 5,000, others each time. Whoever has none is asked for twice.
  const known = new Set(found.map(({ deviceId }) => deviceId));
  const silent = devices.filter((deviceId) => !known.has(deviceId));
  if (silent.length === 0) return found;
  const again = await lastBy(influx, silent, (where) => `select last(k) as k, n, s ${where}`);
  const place = new Map(devices.map((deviceId, index) => [deviceId, index]));
  return [...found, ...again].sort((a, b) => place.get(a.deviceId)! - place.get(b.deviceId)!);
}

async function lastBy(
  influx: InfluxConnection,
  devices: readonly string[],
  statement: (where: string) => string,
): Promise<Reading[]> {
  const answers = await influx.query(
    devices.map((deviceId) =>
      statement(`from ${MEASUREMENT} where device = '${encodeName(deviceId)}' group by metric`),
    ),
  );
  return devices.flatMap((deviceId, index) =>
    answers[index]!.flatMap(({ tags, rows }) =>
      stored([{ tags, rows }]).map((point) => ({ deviceId, metric: decodeName(tags['metric'] ?? ''), ...point })),
    ),
  );
}

/** What is stored of each series in its span, the newest `limit` of it, in order of time. */
export async function storedOf(
  influx: InfluxConnection,
  spans: readonly { deviceId: string; metric: string; from: number; to: number }[],
  limit?: number,
): Promise<Stored[][]> {
  const rest = `order by time desc${limit ? ` limit ${limit}` : ''}`;
  const answers = await influx.query(spans.map((span) => select({ ...span, rest })));
  return answers.map((answer) => stored(answer).reverse());
}

/** Every reading of the range in order of time, in chunks; no query stays open between two of them. */
export async function* scanReadings(
  influx: InfluxConnection,
  range: ScanFilter & { from: number; to: number },
): AsyncIterable<Reading[]> {
  if (range.deviceIds?.length === 0 || range.metrics?.length === 0) return;
  const chosen = oneOf('device', range.deviceIds) + oneOf('metric', range.metrics);
  for (let cursor = range.from; ;) {
    const [next] = await influx.query([
      `select first(k) from ${MEASUREMENT} where ${between(cursor, range.to)}${chosen}`,
    ]);
    const start = next?.[0]?.rows[0]?.['time'] as number | undefined;
    if (start === undefined) return;
    cursor = Math.min(start + SCAN_SLICE_MS, range.to);
    yield* scanSlice(influx, start, cursor, chosen);
  }
}

function oneOf(tag: 'device' | 'metric', names: readonly string[] | undefined): string {
  if (!names) return '';
  return ` and (${[...new Set(names.map(encodeName))].map((name) => `${tag} = '${name}'`).join(' or ')})`;
}

async function* scanSlice(
  influx: InfluxConnection,
  from: number,
  to: number,
  chosen: string,
): AsyncIterable<Reading[]> {
  let limit = SCAN_PAGE;
  for (let cursor = from; cursor < to;) {
    const [answer] = await influx.query([
      `select k, n, s, device, metric from ${MEASUREMENT} where ${between(cursor, to)}${chosen} order by time asc limit ${limit}`,
    ]);
    const rows = answer?.[0]?.rows ?? [];
    const last = rows.at(-1)?.['time'] as number | undefined;
    const isWhole = rows.length < limit;
    // Readings of the last moment may go on in the next page: they are left to it, because the order among them is not promised.
    const page = isWhole ? rows : rows.filter(({ time }) => time !== last);
    if (page.length === 0 && !isWhole) {
      limit *= 2;
      continue;
    }
    for (let offset = 0; offset < page.length; offset += SCAN_CHUNK) {
      const chunk = page.slice(offset, offset + SCAN_CHUNK).flatMap(asReading);
      if (chunk.length > 0) yield chunk;
    }
    if (isWhole || last === undefined) return;
    cursor = last;
    limit = SCAN_PAGE;
  }
}

interface Selection {
  deviceId: string;
  metric: string;
  from: number;
  to: number;
  what?: string;
  rest: string;
}

function select(query: Selection): string {
  return selectFrom(MEASUREMENT, query);
}

export function selectFrom(
  measurement: string,
  { deviceId, metric, from, to, what = 'k, n, s', rest }: Selection,
): string {
  const series = `device = '${encodeName(deviceId)}' and metric = '${encodeName(metric)}'`;
  return `select ${what} from ${measurement} where ${series} and ${between(from, to)} ${rest}`;
}

function between(from: number, to: number): string {
  return `time >= ${wholeMs(from)}ms and time < ${wholeMs(to)}ms`;
}

function wholeMs(ms: number): number {
  return Math.min(Math.max(clamped(ms), -MAX_TIME_MS), MAX_TIME_MS);
}

function stored(answer: readonly InfluxRows[]): Stored[] {
  return answer.flatMap(({ rows }) =>
    rows.flatMap(({ time, k, n, s }) => {
      const value = decodeValue(k, n, s);
      return value === undefined ? [] : [{ ts: time as number, value }];
    }),
  );
}

function asReading({ time, k, n, s, device, metric }: Record<string, unknown>): Reading[] {
  const value = decodeValue(k, n, s);
  if (value === undefined || typeof device !== 'string' || typeof metric !== 'string') return [];
  return [{ deviceId: decodeName(device), metric: decodeName(metric), ts: time as number, value }];
}

export function sortedDevices(deviceIds: readonly string[]): string[] {
  return [...new Set(deviceIds.map((deviceId) => deviceId.toWellFormed()))].sort((a, b) => (a < b ? -1 : 1));
}
