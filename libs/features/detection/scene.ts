import type { SiteHours } from './site-hours.js';
import type { AlarmTransition } from './types.js';

/** What is the same for all rules while inputs are taken: where transitions go and what is known of the world besides. */
export interface Scene {
  /** Since when (our clock, ms) devices were able to reach us without a break: silence before it was ours, not theirs. */
  listeningSince: number;
  hours: SiteHours;
  out: AlarmTransition[];
}
