import { z } from 'zod';

/** Alarm states of ISA-18.2 / IEC 62682. */
export const alarmStates = [
  'normal',
  'unacknowledged',
  'acknowledged',
  'returned-unacknowledged',
  'shelved',
  'suppressed-by-design',
  'out-of-service',
] as const;
export const alarmStateSchema = z.enum(alarmStates);
export type AlarmState = z.infer<typeof alarmStateSchema>;

/** What moves an alarm: the condition itself, or a person. */
export const alarmActionSchema = z.enum(['raise', 'clear', 'acknowledge', 'escalate-severity', 'comment', 'resolve']);
export type AlarmAction = z.infer<typeof alarmActionSchema>;
