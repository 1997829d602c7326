import type { Actor } from '@sc/platform/database';

/** Who does what happens by itself. */
export const dispatchActor: Actor = { kind: 'system', id: 'dispatch' };
