import { z } from 'zod';

/** CAP 1.2 keeps severity, urgency and certainty apart; so do we. From the gravest down. */
export const severities = ['extreme', 'severe', 'moderate', 'minor', 'unknown'] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

export const urgencySchema = z.enum(['immediate', 'expected', 'future', 'past', 'unknown']);
export type Urgency = z.infer<typeof urgencySchema>;

export const certaintySchema = z.enum(['observed', 'likely', 'possible', 'unlikely', 'unknown']);
export type Certainty = z.infer<typeof certaintySchema>;

/** Negative when `a` is graver than `b`. */
export const compareSeverity = (a: Severity, b: Severity): number => severities.indexOf(a) - severities.indexOf(b);
