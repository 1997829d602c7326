import type { InfluxConnection } from './influx-connection.js';
import { decodeName, encodeName } from './influx-lines.js';
import { tagsOf } from './influx-roll-up.js';
import { floorTo, HOUR_MS, type Span } from './roll-up-spans.js';

/** An hour of a series that got a reading after it was rolled up. */
export interface LateHour {
  deviceId: string;
  metric: string;
  start: number;
}

/**
 * Up to where readings are rolled up, and which hours before that must be rolled up again: measurements `life` and `late`. A late
 * hour is marked before its reading is written, so that a crash between the two costs work, never an answer.
 */
export class InfluxLifeState {
  private loading: Promise<void> | undefined;
  private until = Number.NEGATIVE_INFINITY;
  private readonly marks = new Map<string, number>();

  constructor(private readonly influx: InfluxConnection) {}

  /** Readings before it may be in a roll-up already. Known after {@link ready}. */
  get lateBefore(): number {
    return this.until;
  }

  /** @throws TimeSeriesUnavailableError */
  ready(): Promise<void> {
    return (this.loading ??= rolledUntil(this.influx)
      .then((until) => void (this.until = until))
      .catch((error: unknown) => {
        this.loading = undefined;
        throw error;
      }));
  }

  /** From now on readings before this are late. To be called between two commits. */
  begin(until: number): void {
    this.until = Math.max(this.until, until);
  }

  async finish(until: number, now: number): Promise<void> {
    await this.influx.write([`life until=${until}i ${now}`]);
  }

  /** @param late series and times of readings that are about to be written */
  async mark(late: readonly { deviceId: string; metric: string; ts: number }[]): Promise<void> {
    const lines = new Set(
      late.map(({ deviceId, metric, ts }) => `late,${tagsOf(deviceId, metric)} v=1i ${floorTo(ts, HOUR_MS)}`),
    );
    for (const line of lines) this.marks.set(line, (this.marks.get(line) ?? 0) + 1);
    await this.influx.write([...lines]);
  }

  async lateHours(limit: number): Promise<LateHour[]> {
    const [answer] = await this.influx.query([`select v, device, metric from late where v = 1 limit ${limit}`]);
    return (answer ?? []).flatMap(({ rows }) =>
      rows.map(({ time, device, metric }) => ({
        deviceId: decodeName(String(device)),
        metric: decodeName(String(metric)),
        start: time as number,
      })),
    );
  }

  /** Call before the hour is read, and what it gives after it is written and between two commits. */
  clearing({ deviceId, metric, start }: LateHour): () => Promise<void> {
    const place = `late,${tagsOf(deviceId, metric)}`;
    const line = `${place} v=1i ${start}`;
    const before = this.marks.get(line);
    return async () => {
      // Marked again while it was rolled up: that reading may not be in it.
      if (this.marks.get(line) !== before) return;
      await this.influx.write([`${place} v=0i ${start}`]);
      this.marks.delete(line);
    };
  }
}

/** -Infinity before anything was rolled up. */
export async function rolledUntil(influx: InfluxConnection): Promise<number> {
  const [answer] = await influx.query(['select max(until) as until from life']);
  return (answer?.[0]?.rows[0]?.['until'] as number | undefined) ?? Number.NEGATIVE_INFINITY;
}

/** The late hours of one series, in order. */
export async function lateHoursOf(
  influx: InfluxConnection,
  series: readonly { deviceId: string; metric: string }[],
): Promise<Span[][]> {
  const answers = await influx.query(
    series.map(
      ({ deviceId, metric }) =>
        `select v from late where v = 1 and device = '${encodeName(deviceId)}' and metric = '${encodeName(metric)}'`,
    ),
  );
  return answers.map((answer) =>
    answer.flatMap(({ rows }) => rows.map(({ time }) => ({ from: time as number, to: (time as number) + HOUR_MS }))),
  );
}
