import type { StepClock } from '@sc/contracts';
import type { ClockTimes } from '@sc/features/calendars';

/** What was told of a deadline: nothing, that it is near, that it is over. */
export const told = { nothing: 0, near: 1, over: 2 } as const;

/** Who has less than this to accept needs no warning: before it is read the next one is asked. */
const shortestWarned = 10 * 60_000;

interface Facts {
  step: StepClock;
  times: ClockTimes;
  /** What was told before. */
  told: number;
  /** The same clock as before: what was told of it counts. */
  goesOn: boolean;
  now: number;
}

/**
 * What counts as told of a clock that begins or moved. A deadline that moved into the future is told anew when it comes. Nobody
 * is told of the end of acceptance: its escalation asks the next one. Rework that begins late is not told anew.
 */
export function toldAfter({ step, times: { warnAt, dueAt }, told: before, goesOn, now }: Facts): number {
  if (dueAt === null || warnAt === null) return goesOn ? before : told.nothing;
  if (step.step === 'accept') {
    const warned = goesOn && before !== told.nothing && warnAt <= now;
    return warned || dueAt - step.startedAt < shortestWarned ? told.over : told.nothing;
  }
  if (!goesOn && !step.rest) return told.nothing;
  const known = goesOn ? before : told.over;
  if (dueAt <= now) return known;
  return warnAt <= now ? Math.min(known, told.near) : told.nothing;
}

/** When there is something to tell, if nothing else happens. */
export function nextCheck({ warnAt, dueAt }: ClockTimes, toldSoFar: number): number | null {
  if (toldSoFar >= told.over) return null;
  return toldSoFar === told.nothing ? warnAt : dueAt;
}
