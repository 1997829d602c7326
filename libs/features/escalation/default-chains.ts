import type { ChainStep, Severity } from '@sc/contracts';

const step = (who: ChainStep['who'], times: number | null = null): ChainStep => ({
  who,
  personId: null,
  // As long as the kind of work gives for accepting.
  waitMinutes: null,
  times,
});

/** Where there is danger two who do not answer are enough: the next may be reached sooner one step up. */
const danger = [step('grid-officers', 2), step('community-officers', 2), step('managers')];
/** Everybody near is asked once before a manager is. */
const ordinary = [step('grid-officers'), step('community-officers'), step('managers')];

/** What holds where nobody laid down anything else. */
export const defaultChains: Readonly<Record<Severity, readonly ChainStep[]>> = {
  extreme: danger,
  severe: danger,
  moderate: ordinary,
  minor: ordinary,
  unknown: ordinary,
};

/** Of danger to life: all who are there are called at once. */
export const callEveryone: ChainStep = step('everyone-on-shift', 1);
/** Of work that belongs to a team. */
export const askTeam: ChainStep = step('team');
