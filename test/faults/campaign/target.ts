import type { Platform } from '../../support/platform.js';
import type { Fault } from './fault.js';
import type { Span } from './record.js';

/** A deployment under fire: what the campaign needs beyond its public doors. */
export interface Target {
  readonly name: string;
  readonly platform: Platform;
  /** Every kind of fault it can suffer. */
  readonly faults: readonly Fault[];
  /** A broker of its own acknowledges after its commit; one elsewhere ends another connection of the same device. */
  readonly ownBroker: boolean;
  databaseUrl(): Promise<string>;
  /** Whether every one of its processes says that it takes work. */
  isReady(): Promise<boolean>;
  /** How many readings of the metric are stored in each span, in their order. */
  count(spans: readonly Span[], metricOf: (deviceId: string) => string): Promise<number[]>;
  /** After this only `times` may be called, and `dispose`: an embedded store is opened by one process only. */
  openStore(): Promise<Store>;
  /** As whoever runs it does with processes that ended by themselves. @returns the last words of each */
  keepRunning(): Promise<string[]>;
  /** For people, when something went wrong. */
  log(): Promise<string>;
  dispose(): Promise<void>;
}

/** The time-series store itself, without the platform. */
export interface Store {
  /** Every stored time of the metric, sorted, what is there twice twice. */
  times(deviceId: string, metric: string): Promise<Float64Array>;
  close(): Promise<void>;
}
