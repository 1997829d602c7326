import { type AlarmState, type Severity, shelvableMs, shelvingLimits } from '@sc/contracts';

/** How many minutes a person may shelve this alarm now; 0: not at all. */
export function shelvableMinutes(alarm: { state: AlarmState; severity: Severity; shelvedMs: number }): number {
  if (alarm.state === 'normal' && !shelvingLimits[alarm.severity].whileNormal) return 0;
  return Math.floor(shelvableMs(alarm.severity, alarm.shelvedMs) / 60_000);
}
