/** Injection token of the {@link BackTestLimits}. */
export const BACK_TEST_LIMITS = Symbol('BackTestLimits');

export interface BackTestLimits {
  devices: number;
  /** Of the range, ms: readings are kept a year at most. */
  rangeMs: number;
  /** Waiting and running, of one person and of all. */
  openPerPerson: number;
  open: number;
  /** Running, of all; a process runs one at a time. */
  running: number;
  /** Results and failures that one person keeps. */
  keptPerPerson: number;
  runMs: number;
  /** After its end. */
  keptMs: number;
  /** A run that has not been heard of for so long is begun again, at most so often. */
  silentMs: number;
  attempts: number;
  /** A rule that throws so often would throw for ever. */
  ruleErrors: number;
  /** Begins and ends of stored alarms that are compared. */
  raisedSteps: number;
  /** Alarms in the result, of each finding; devices in the result. */
  alarms: number;
  byDevice: number;
}

const day = 24 * 3_600_000;

export const backTestLimits: BackTestLimits = {
  devices: 5_000,
  rangeMs: 400 * day,
  openPerPerson: 2,
  open: 20,
  running: 1,
  keptPerPerson: 20,
  runMs: 3_600_000,
  keptMs: 7 * day,
  silentMs: 30_000,
  attempts: 3,
  ruleErrors: 1_000,
  raisedSteps: 100_000,
  alarms: 150,
  byDevice: 50,
};
