import type { Alarm } from '@sc/contracts';

/** Alarms that still want to be seen by a person. */
export const wantsAcknowledge = (alarm: Alarm): boolean =>
  alarm.state === 'unacknowledged' || alarm.state === 'returned-unacknowledged';
