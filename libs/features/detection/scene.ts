import type { SiteHours } from './site-hours.js';
import type { AlarmTransition } from './types.js';

/** What is the same for all rules while inputs are taken: where transitions go and what is known of the world besides. */
export interface Scene {
  /** Since when (our clock, ms) devices were able to reach us without a break: silence before it was ours, not theirs. */
  listeningSince: number;
  hours: SiteHours;
  out: AlarmTransition[];
}

/** Our clock runs back a little between batches; further back somebody has set it. */
const setBackMs = 60_000;

/**
 * From when on our clock counts that nothing more was heard: from the last word, not from before we listened. A word of a
 * time that our clock has been set back from tells nothing; it would put the end off until then.
 */
export function quietFrom(heardAt: number, now: number, { listeningSince }: Scene): number {
  return heardAt - now > setBackMs ? listeningSince : Math.max(heardAt, listeningSince);
}
