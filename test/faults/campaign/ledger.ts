import type { Span } from './record.js';
import type { LoadDevice } from './publishers.js';
import type { ExpectedAlarm } from './story.js';

/** What a deployment owes after the rounds so far: all that was acknowledged, every alarm that has to be there. */
export class Ledger {
  readonly alarms: ExpectedAlarm[] = [];
  private readonly times = new Map<string, Float64Array[]>();
  private readonly excused: Span[] = [];
  private readonly devices: ReadonlyMap<string, LoadDevice>;

  constructor(load: readonly LoadDevice[]) {
    this.devices = new Map(load.map((device) => [device.login.id, device]));
  }

  add(record: ReadonlyMap<string, Float64Array>): void {
    for (const [deviceId, times] of record) this.times.set(deviceId, [...(this.times.get(deviceId) ?? []), times]);
  }

  /** A broker may have lost some of it: it may be stored, once. */
  excuse(spans: readonly Span[]): void {
    this.excused.push(...spans);
  }

  /** What is left of sorted times without those that are excused. */
  withoutExcused(deviceId: string, times: Float64Array): Float64Array {
    const spans = this.excused.filter((span) => span.deviceId === deviceId);
    return times.filter((ts) => !spans.some(({ from, to }) => ts >= from && ts < to));
  }

  get deviceIds(): string[] {
    return [...this.times.keys()];
  }

  /** Sorted. */
  timesOf(deviceId: string): Float64Array {
    const parts = this.times.get(deviceId) ?? [];
    const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all.sort();
  }

  /** Of the three metrics that the device sends, the one of this number. */
  readonly metricOf = (deviceId: string, metric: number): string => this.devices.get(deviceId)!.names[metric]!;
}

/** Every message carries so many readings. */
export const metricsEach = 3;

export interface ReadingsFound {
  /** Messages, as each of them came about. */
  acknowledged: number;
  /** Readings, of which a message has three. */
  missing: number;
  doubled: number;
}

export const acknowledgedIn = (spans: readonly Span[]): number =>
  spans.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
