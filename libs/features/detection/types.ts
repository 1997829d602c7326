import type { ReadingValue } from '@sc/platform/time-series';

interface Input {
  deviceId: string;
  domain: string;
  /** The device's own time, ms since the epoch; what rules count. */
  ts: number;
  /** When it reached us, ms since the epoch; what silence is measured by. */
  receivedAt: number;
}

export interface ReadingInput extends Input {
  kind: 'reading';
  metric: string;
  value: ReadingValue;
}

export interface EventInput extends Input {
  kind: 'event';
  type: string;
  /** Identity of the event within its device. */
  eventKey: string;
  data: Record<string, unknown>;
}

export type DetectionInput = ReadingInput | EventInput;

/** A condition began or ended. Of one (device, rule), `at` strictly grows: a smaller or equal one is an old story told again. */
export interface AlarmTransition {
  kind: 'raise' | 'clear';
  deviceId: string;
  ruleId: string;
  ruleVersion: number;
  /** Device time, ms since the epoch. */
  at: number;
  /** Why: metric, value and level; or event type; or the last sign of life. */
  cause: Record<string, unknown>;
}

/** An alarm that stands in PostgreSQL with its condition active, as the detector is told of it after a rebuild. */
export interface OpenCondition {
  deviceId: string;
  ruleId: string;
  ruleVersion: number;
  /** Of its last transition, device time in ms. */
  at: number;
}
