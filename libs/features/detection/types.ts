import type { Severity } from '@sc/contracts';
import type { ReadingValue } from '@sc/platform/time-series';

interface Input {
  deviceId: string;
  domain: string;
  /** The device's own time, ms since the epoch; what rules count. */
  ts: number;
  /** When it reached us, ms since the epoch; what silence and quiet are measured by. */
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

/** The passing of our own time, which is what makes a silent device, a quiet event or a door left open noticed. */
export interface Tick {
  kind: 'tick';
  deviceId: string;
  /** Our clock, ms. */
  now: number;
}

/** How grave a condition is where the event says so and not the rule. */
export interface Level {
  severity: Severity;
  workOrder: boolean;
}

/**
 * A condition began, became graver or ended. Of one (device, rule, subject), `at` strictly grows: a smaller or equal one
 * is an old story told again.
 */
export interface AlarmTransition {
  kind: 'raise' | 'escalate' | 'clear';
  deviceId: string;
  ruleId: string;
  /** Tells conditions of one rule on one device apart; '' where there is only one. */
  subject: string;
  ruleVersion: number;
  /** Device time, ms since the epoch. */
  at: number;
  /** Only of rules with `levels`: overrides severity and work order of the rule. */
  level?: Level;
  /** Why: metric, value and level; or event type; or the last sign of life. */
  cause: Record<string, unknown>;
}

/** When (device time, ms) a condition was told to be over, as PostgreSQL knows it. */
export type KnownEnd = Pick<OpenCondition, 'deviceId' | 'ruleId' | 'subject' | 'at'> & { domain: string };

/** An alarm that stands in PostgreSQL with its condition active, as the detector is told of it after a rebuild. */
export interface OpenCondition {
  deviceId: string;
  ruleId: string;
  subject: string;
  ruleVersion: number;
  /** Of its last transition, device time in ms. */
  at: number;
  severity: Severity;
  workOrder: boolean;
  /** Why it began, as it was told. */
  cause?: Record<string, unknown>;
}
