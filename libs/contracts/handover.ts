import { z } from 'zod';

/** `returned`: its receiver sent it back with words; it is written on like a draft. */
export const handoverStates = ['draft', 'handed-over', 'returned', 'accepted', 'discarded'] as const;
export const handoverStateSchema = z.enum(handoverStates);
export type HandoverState = z.infer<typeof handoverStateSchema>;
/** Nothing of these changes any more. */
export const finalHandoverStates: ReadonlySet<HandoverState> = new Set(['accepted', 'discarded']);

export const handoverActions = ['hand-over', 'recall', 'return', 'accept', 'discard'] as const;
export const handoverActionSchema = z.enum(handoverActions);
export type HandoverAction = z.infer<typeof handoverActionSchema>;

/** What can stand when a shift ends, in the order in which it is read. */
export const handoverKinds = [
  'alarm',
  'work-order',
  'incident',
  'silenced',
  'maintenance',
  'out-of-service',
  'device',
] as const;
export const handoverKindSchema = z.enum(handoverKinds);
export type HandoverKind = z.infer<typeof handoverKindSchema>;

/** Minutes before the end of a shift at which its operator is reminded. */
export const handoverReminderMinutes = 30;

export const handoverLimits = {
  /** Of one kind in a snapshot; the number of all is told beside them. */
  items: 200,
  /** Grave alarms of the shift. */
  grave: 100,
  notes: 300,
  words: 2000,
} as const;
