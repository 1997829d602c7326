import { z } from 'zod';
import { millisecondsSchema } from './common.js';

/** Raised when a device has sent nothing for `afterMs`; cleared by the next reading. */
export const silenceSchema = z.object({ kind: z.literal('silence'), afterMs: millisecondsSchema.min(1000) });
export type SilenceCondition = z.infer<typeof silenceSchema>;
