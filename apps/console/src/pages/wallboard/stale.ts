import type { LiveState } from '../../api/live.js';

/** The platform says every 15 s that it is there: two missed ones are a sign, not a slow moment. */
const silentAfterMs = 40_000;
/** A stream that is lost for a moment comes back by itself; the board does not cry for that. */
const graceMs = 5_000;

export type Broken = 'connecting' | 'lost' | 'silent' | 'questions';

export interface Signs {
  connection: LiveState['connection'];
  lastHeardAt: number | null;
  /** Since when the connection is as it is. */
  since: number;
  /** Whether the platform's last answer to a question of this board was a failure. */
  failing: boolean;
}

/** Why what the board shows may not be the present; none: it is. A dead board must not look calm. */
export function brokenBy({ connection, lastHeardAt, since, failing }: Signs, now: number): Broken | undefined {
  if (connection !== 'live') {
    if (now - since < graceMs) return undefined;
    return lastHeardAt === null && connection === 'connecting' ? 'connecting' : 'lost';
  }
  if (lastHeardAt !== null && now - lastHeardAt > silentAfterMs) return 'silent';
  return failing ? 'questions' : undefined;
}
