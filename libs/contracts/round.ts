import { z } from 'zod';

/** `missed`: its time is over and required items have no answer. Answers given in time that arrive later still end it as done. */
export const roundStates = ['planned', 'started', 'done', 'missed', 'cancelled'] as const;
export const roundStateSchema = z.enum(roundStates);
export type RoundState = z.infer<typeof roundStateSchema>;

export const roundActions = ['plan', 'assign', 'start', 'complete', 'miss', 'cancel'] as const;
export const roundActionSchema = z.enum(roundActions);
export type RoundAction = z.infer<typeof roundActionSchema>;
