import type { InfluxConnection } from './influx-connection.js';
import { lateHoursOf, rolledUntil } from './influx-life-state.js';
import { decodeValue, MEASUREMENT } from './influx-lines.js';
import { selectFrom, sortedDevices } from './influx-queries.js';
import { ROLL_UPS } from './influx-roll-up.js';
import { MINUTE_MS, rollUpSpans, type Span, wholeMs, without } from './roll-up-spans.js';
import type { Aggregate, Point, ReadingValue, WindowQuery } from './time-series.js';
import { assertPointCount, MAX_POINTS } from './validation.js';

/** `v` and, for an average, `w` how many; of the typed ones the fields of a reading. */
const RAW: Record<Aggregate, string> = {
  avg: 'sum(n) as v, count(n) as w',
  min: 'min(n) as v',
  max: 'max(n) as v',
  sum: 'sum(n) as v',
  count: 'count(k) as v',
  // `k` is on every reading, so the first of it is the first reading, whatever its type.
  first: 'first(k) as k, n, s',
  last: 'last(k) as k, n, s',
};
const ROLLED: Record<Aggregate, string> = {
  avg: 'sum(s) as v, sum(m) as w',
  min: 'min(lo) as v',
  max: 'max(hi) as v',
  sum: 'sum(s) as v',
  count: 'sum(c) as v',
  first: 'first(fk) as k, fn as n, fs as s',
  last: 'last(lk) as k, ln as n, ls as s',
};

interface Piece extends Span {
  measurement: string;
}

interface Partial {
  value: ReadingValue;
  weight: number;
}

/** @throws RangeError when the answer would have more points than any caller can use. */
export async function aggregateWindows(influx: InfluxConnection, query: WindowQuery): Promise<Point[]> {
  const devices = sortedDevices(query.deviceIds);
  const pieces = await piecesOf(influx, query, devices);
  const rest = `group by time(${query.windowMs}ms) fill(none) order by time asc limit ${MAX_POINTS + 1}`;
  const asked = devices.flatMap((deviceId, index) => pieces[index]!.map((piece) => ({ deviceId, piece })));
  const answers = await influx.query(
    asked.map(({ deviceId, piece: { measurement, from, to } }) => {
      const what = (measurement === MEASUREMENT ? RAW : ROLLED)[query.aggregate];
      return selectFrom(measurement, { deviceId, metric: query.metric, from, to, what, rest });
    }),
  );
  const windowsOf = new Map(devices.map((deviceId) => [deviceId, new Map<number, Partial>()]));
  asked.forEach(({ deviceId }, index) => {
    const windows = windowsOf.get(deviceId)!;
    for (const row of answers[index]!.flatMap(({ rows }) => rows)) {
      const partial = partialOf(query.aggregate, row);
      if (!partial) continue;
      const before = windows.get(row['time'] as number);
      windows.set(row['time'] as number, before ? combined(query.aggregate, before, partial) : partial);
    }
  });
  const points = [...windowsOf].flatMap(([deviceId, windows]) =>
    [...windows]
      .sort(([a], [b]) => a - b)
      .map(([ts, { value, weight }]) => ({
        deviceId,
        ts,
        value: query.aggregate === 'avg' ? Number(value) / weight : value,
      })),
  );
  assertPointCount(points.length);
  return points;
}

/** For each device, in order of time: roll-ups where they are whole and up to date, readings elsewhere. */
async function piecesOf(influx: InfluxConnection, query: WindowQuery, devices: readonly string[]): Promise<Piece[][]> {
  const { from, to, metric, windowMs } = query;
  const raw = (span: Span): Piece => ({ ...span, measurement: MEASUREMENT });
  const whole = { from: wholeMs(from), to: wholeMs(to) };
  if (windowMs % MINUTE_MS !== 0 || whole.from >= whole.to) return devices.map(() => [raw(whole)]);
  const until = Math.min(await rolledUntil(influx), whole.to);
  if (until <= whole.from) return devices.map(() => [raw(whole)]);
  const spans = rollUpSpans({ from: whole.from, to: until, windowMs });
  const open = until < whole.to ? [{ from: until, to: whole.to }] : [];
  const late = await lateHoursOf(
    influx,
    devices.map((deviceId) => ({ deviceId, metric })),
  );
  return late.map((hours) => {
    const of = (level: 'minute' | 'hour') => {
      const { kept, removed } = without(spans[level], hours);
      return [...kept.map((span) => ({ ...span, measurement: ROLL_UPS[level] })), ...removed.map(raw)];
    };
    const pieces = [...of('hour'), ...of('minute'), ...[...spans.raw, ...open].map(raw)];
    return pieces.sort((a, b) => a.from - b.from);
  });
}

function partialOf(aggregate: Aggregate, { v, w, k, n, s }: Record<string, unknown>): Partial | undefined {
  const typed = aggregate === 'first' || aggregate === 'last';
  const value = typed ? decodeValue(k, n, s) : (v as number | null | undefined);
  return value === undefined || value === null ? undefined : { value, weight: (w as number | undefined) ?? 1 };
}

/** Two parts of a window, the earlier one first. */
function combined(aggregate: Aggregate, before: Partial, after: Partial): Partial {
  if (aggregate === 'first') return before;
  if (aggregate === 'last') return after;
  const [a, b] = [Number(before.value), Number(after.value)];
  const value = aggregate === 'min' ? Math.min(a, b) : aggregate === 'max' ? Math.max(a, b) : a + b;
  return { value, weight: before.weight + after.weight };
}
