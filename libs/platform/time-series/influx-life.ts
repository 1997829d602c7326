import type { CommitQueue } from './commit-queue.js';
import type { InfluxConnection } from './influx-connection.js';
import type { InfluxLifeState, LateHour } from './influx-life-state.js';
import { MEASUREMENT } from './influx-lines.js';
import { scanReadings, storedOf } from './influx-queries.js';
import { ROLL_UPS, RollUps } from './influx-roll-up.js';
import { floorTo, HOUR_MS, MINUTE_MS } from './roll-up-spans.js';
import type { Maintenance, MaintenanceStep } from './time-series-life.js';
import type { Reading } from './time-series.js';

/** Younger readings may still come late; each would make its hour be rolled up again. */
const OPEN_MS = HOUR_MS;
const LINES_PER_WRITE = 5_000;
const LATE_HOURS_PER_STEP = 200;

/** Rolls up what is closed, hour by hour, and what came late into hours that were. Writing any of it again changes nothing. */
export class InfluxRollUps {
  constructor(
    private readonly influx: InfluxConnection,
    private readonly state: InfluxLifeState,
    private readonly commits: CommitQueue,
  ) {}

  async step(maintenance: Maintenance): Promise<MaintenanceStep | undefined> {
    await this.state.ready();
    return (await this.nextHour(maintenance)) ?? (await this.lateHours(maintenance));
  }

  private async nextHour({ now }: Maintenance): Promise<MaintenanceStep | undefined> {
    const closed = floorTo(now - OPEN_MS, HOUR_MS);
    const since = Number.isFinite(this.state.lateBefore) ? `time >= ${this.state.lateBefore}ms and ` : '';
    const [answer] = await this.influx.query([`select first(k) from ${MEASUREMENT} where ${since}time < ${closed}ms`]);
    const first = answer?.[0]?.rows[0]?.['time'] as number | undefined;
    if (first === undefined) return undefined;
    const start = floorTo(first, HOUR_MS);
    // Between two commits, so that a reading is either seen by the scan or marked as late.
    await this.commits.between(async () => this.state.begin(start + HOUR_MS));
    const scan = scanReadings(this.influx, { from: start, to: start + HOUR_MS });
    const step = await this.rollUp(scan);
    await this.state.finish(start + HOUR_MS, now);
    return step;
  }

  private async lateHours({ now, retentionOf, signal }: Maintenance): Promise<MaintenanceStep | undefined> {
    const hours = await this.state.lateHours(LATE_HOURS_PER_STEP);
    if (hours.length === 0) return undefined;
    const total: MaintenanceStep = { did: 'compacted', readings: 0, rollUps: 0 };
    for (const hour of hours) {
      if (signal?.aborted) break;
      const clear = this.state.clearing(hour);
      // Of an hour whose readings have been deleted the roll-up is all there is.
      const kept = now - retentionOf(hour.deviceId, hour.metric).rawMs;
      if (hour.start >= floorTo(kept, HOUR_MS)) {
        const { readings, rollUps } = await this.rollUp(this.readingsOf(hour));
        total.readings += readings;
        total.rollUps += rollUps;
      }
      await this.commits.between(clear);
    }
    return total;
  }

  private async *readingsOf({ deviceId, metric, start }: LateHour): AsyncIterable<Reading[]> {
    const [stored] = await storedOf(this.influx, [{ deviceId, metric, from: start, to: start + HOUR_MS }]);
    yield stored!.map(({ ts, value }) => ({ deviceId, metric, ts, value }));
  }

  private async rollUp(chunks: AsyncIterable<Reading[]>): Promise<MaintenanceStep> {
    const levels = [new RollUps(ROLL_UPS.minute, MINUTE_MS), new RollUps(ROLL_UPS.hour, HOUR_MS)];
    const step: MaintenanceStep = { did: 'compacted', readings: 0, rollUps: 0 };
    let lines: string[] = [];
    const write = async (atLeast: number) => {
      while (lines.length >= Math.max(atLeast, 1)) {
        const part = lines.slice(0, LINES_PER_WRITE);
        await this.influx.write(part);
        step.rollUps += part.length;
        lines = lines.slice(LINES_PER_WRITE);
      }
    };
    for await (const chunk of chunks) {
      step.readings += chunk.length;
      for (const reading of chunk) for (const level of levels) lines.push(...level.add(reading));
      await write(LINES_PER_WRITE);
    }
    for (const level of levels) lines.push(...level.end());
    await write(1);
    return step;
  }
}
