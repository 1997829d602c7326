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

/** States in which an alarm asks for nobody: no work order, no notification. */
export const silencedStates = ['shelved', 'suppressed-by-design', 'out-of-service'] as const satisfies AlarmState[];
export const isSilenced = (state: AlarmState): boolean => (silencedStates as readonly AlarmState[]).includes(state);

/** What happens to an alarm: by its condition, by a person, or because a time is over. Each is a step of its story. */
export const alarmActions = [
  'raise',
  'clear',
  'escalate-severity',
  'acknowledge',
  'resolve',
  'comment',
  'assign',
  'judge',
  'shelve',
  'unshelve',
  'suppress',
  'unsuppress',
  'take-out-of-service',
  'return-to-service',
  'break-through',
  /** It was acknowledged, still holds, and nobody took the work: it has to be seen again. */
  're-alarm',
] as const;
export const alarmActionSchema = z.enum(alarmActions);
export type AlarmAction = z.infer<typeof alarmActionSchema>;

/** What people say an alarm was, afterwards: right, wrong, or somebody trying out the device. */
export const alarmJudgements = ['true', 'false', 'test'] as const;
export const alarmJudgementSchema = z.enum(alarmJudgements);
export type AlarmJudgement = z.infer<typeof alarmJudgementSchema>;
