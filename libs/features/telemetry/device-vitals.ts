import { Inject, Injectable } from '@nestjs/common';
import { batteryMetricName, isSignalMetric, maxClockAheadMs, type SignalMetric, signalPercent } from '@sc/contracts';
import type { DetectionInput } from '@sc/features/detection';
import { type Database, DATABASE } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';

const flushEveryMs = 10_000;
/** A battery that says the same every minute is written once in so long: how old the word is shows to the hour. */
const sameAgainAfterMs = 30 * 60_000;
const chunk = 1000;
/** A device that is as far behind as no counter of days can say. */
const mostSeconds = 2_000_000_000;

interface Noted {
  battery?: { percent: number; at: number };
  signal?: { metric: SignalMetric; value: number; at: number };
  /** Of what it sent since the last writing, what was nearest to our time. */
  behindMs?: number;
}

/** What devices tell about themselves, for the page of the fleet. Only for people to look at, so it is written late and in bulk. */
@Injectable()
export class DeviceVitals {
  private readonly noted = new Map<string, Noted>();
  private readonly written = new Map<string, Pick<Noted, 'battery' | 'signal'>>();
  /** Those whose row says that their clock is behind, and those of whom it may have to: only of these a right time is news. */
  private readonly behind = new Set<string>();
  private readonly suspects = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private loading: Promise<void> | undefined;
  private flushing: Promise<void> | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Runs for every reading: for one that tells nothing about its device it is a handful of comparisons. */
  note(inputs: readonly DetectionInput[]): void {
    for (const input of inputs) {
      if (input.kind !== 'reading') continue;
      const { deviceId, metric, value, ts } = input;
      const behindMs = input.receivedAt - ts;
      if (behindMs > maxClockAheadMs || this.suspects.has(deviceId) || this.behind.has(deviceId))
        this.noteClock(deviceId, behindMs);
      if (typeof value !== 'number') continue;
      if (metric === batteryMetricName) this.noteNewest(deviceId, 'battery', { percent: value, at: ts });
      else if (isSignalMetric(metric)) this.noteNewest(deviceId, 'signal', { metric, value, at: ts });
    }
  }

  /** Of a device that was taken away: nothing of it is to be written any more. */
  forget(deviceId: string): void {
    this.noted.delete(deviceId);
    this.written.delete(deviceId);
    this.suspects.delete(deviceId);
    this.behind.delete(deviceId);
  }

  start(): void {
    this.timer ??= setInterval(() => void this.flush(), flushEveryMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    await this.flush();
  }

  /** Writes what is news; what fails is written with the next. */
  async flush(): Promise<void> {
    this.flushing ??= this.write()
      .catch((error: unknown) => this.logger.warn({ error: String(error) }, 'vitals of devices not written'))
      .finally(() => (this.flushing = undefined));
    await this.flushing;
  }

  private noteNewest<K extends 'battery' | 'signal'>(deviceId: string, what: K, told: NonNullable<Noted[K]>): void {
    const noted = this.of(deviceId);
    const before = noted[what];
    if (!before || before.at <= told.at) noted[what] = told;
  }

  private noteClock(deviceId: string, behindMs: number): void {
    const noted = this.of(deviceId);
    noted.behindMs = Math.min(noted.behindMs ?? Infinity, Math.max(0, behindMs));
    this.suspects.add(deviceId);
  }

  private of(deviceId: string): Noted {
    let noted = this.noted.get(deviceId);
    if (!noted) this.noted.set(deviceId, (noted = {}));
    return noted;
  }

  private async write(): Promise<void> {
    this.loading ??= this.loadBehind().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    await this.loading;
    const due = [...this.noted].filter(([deviceId, noted]) => this.isNews(deviceId, noted));
    this.noted.clear();
    this.suspects.clear();
    for (let start = 0; start < due.length; start += chunk) {
      const part = due.slice(start, start + chunk);
      const stored = await this.store(part).catch((error: unknown) => {
        this.takeBack(due.slice(start));
        throw error;
      });
      for (const [deviceId, noted] of part)
        if (stored.has(deviceId)) this.remember(deviceId, noted);
        else this.takeBack([[deviceId, noted]]);
    }
  }

  /** What was not written: for the next time, behind what was told meanwhile. */
  private takeBack(notes: readonly (readonly [string, Noted])[]): void {
    for (const [deviceId, noted] of notes) {
      this.noted.set(deviceId, { ...noted, ...this.noted.get(deviceId) });
      if (noted.behindMs !== undefined) this.suspects.add(deviceId);
    }
  }

  private isNews(deviceId: string, { battery, signal, behindMs }: Noted): boolean {
    const before = this.written.get(deviceId);
    const old = (at: number, then: number | undefined) => then === undefined || at - then >= sameAgainAfterMs;
    if (battery && (battery.percent !== before?.battery?.percent || old(battery.at, before.battery.at))) return true;
    if (signal && (stepOf(signal) !== (before?.signal && stepOf(before.signal)) || old(signal.at, before?.signal?.at)))
      return true;
    return behindMs !== undefined && isBehind(behindMs) !== this.behind.has(deviceId);
  }

  private remember(deviceId: string, { battery, signal, behindMs }: Noted): void {
    const before = this.written.get(deviceId);
    this.written.set(deviceId, { ...before, ...(battery && { battery }), ...(signal && { signal }) });
    if (behindMs === undefined) return;
    if (isBehind(behindMs)) this.behind.add(deviceId);
    else this.behind.delete(deviceId);
  }

  private async loadBehind(): Promise<void> {
    const select = this.database.selectFrom('devices').select('id').where('clockBehindSeconds', 'is not', null);
    for (const { id } of await select.execute()) this.behind.add(id);
  }

  /** Rows that somebody else is changing are left for the next time, so that this never waits nor deadlocks. */
  private async store(part: readonly (readonly [string, Noted])[]): Promise<Set<string>> {
    const { rows } = await sql<{ id: string }>`
      update devices set
        battery_percent = coalesce(s.battery, devices.battery_percent),
        battery_at = coalesce(s.battery_at, devices.battery_at),
        signal_metric = coalesce(s.signal_metric, devices.signal_metric),
        signal_value = coalesce(s.signal, devices.signal_value),
        signal_percent = coalesce(s.signal_percent, devices.signal_percent),
        signal_at = coalesce(s.signal_at, devices.signal_at),
        clock_behind_seconds = case when s.clock then s.behind else devices.clock_behind_seconds end
      from (
        select r.* from jsonb_to_recordset(${JSON.stringify(part.map(rowOf))}::jsonb) as r (
          id text, battery real, battery_at timestamptz, signal_metric text, signal real, signal_percent real,
          signal_at timestamptz, clock boolean, behind integer)
        join devices t on t.id = r.id for update of t skip locked
      ) s where devices.id = s.id returning devices.id`.execute(this.database);
    return new Set(rows.map(({ id }) => id));
  }
}

const rowOf = ([id, { battery, signal, behindMs }]: readonly [string, Noted]) => ({
  id,
  battery: battery?.percent ?? null,
  battery_at: battery ? isoOf(battery.at) : null,
  signal_metric: signal?.metric ?? null,
  signal: signal?.value ?? null,
  signal_percent: signal ? signalPercent(signal.metric, signal.value) : null,
  signal_at: signal ? isoOf(signal.at) : null,
  clock: behindMs !== undefined,
  behind: behindMs !== undefined && isBehind(behindMs) ? Math.min(mostSeconds, Math.round(behindMs / 1000)) : null,
});

const isoOf = (ms: number): string => new Date(ms).toISOString();
const isBehind = (behindMs: number): boolean => behindMs > maxClockAheadMs;
/** A radio link trembles; less than this is the same. */
const stepOf = ({ metric, value }: NonNullable<Noted['signal']>): number =>
  Math.round(signalPercent(metric, value) / 5);
