import {
  type CaseClock,
  type CaseLimits,
  stepOf,
  type StepClock,
  type StepLimit,
  type WorkOrderState,
} from '@sc/contracts';
import { countedMs, dueAt, later, type Unit, warnShareOf } from './limits.js';
import type { WorkingCalendar } from './working-calendar.js';

/** What changes a case's clock: a step from one state to another. */
export interface ClockChange {
  /** `null`: it is being registered. */
  from: WorkOrderState | null;
  to: WorkOrderState;
  at: number;
  limits: Pick<CaseLimits, 'accept' | 'handle' | 'verify'>;
  calendar: WorkingCalendar;
}

/**
 * The clock after a step (ADR 11). A step that begins has its whole limit; a suspended case stands still and goes on with
 * what was left, but for acceptance, which is asked for anew; rework gives back what was left of handling when it was
 * reported. `null`: the case has ended.
 */
export function nextClock(clock: CaseClock | null, { from, to, at, limits, calendar }: ClockChange): CaseClock | null {
  if (to === 'suspended') return clock && { ...clock, now: stopped(clock.now, at, calendar) };
  const step = stepOf(to);
  if (!step) return null;
  const before = from === 'suspended' ? clock?.now.step : from && stepOf(from);
  if (clock && before === step && from !== 'suspended') return clock;
  if (clock && before === step && step !== 'accept') return { ...clock, now: goingOn(clock.now, at) };
  if (clock?.handle && step === 'handle') return { now: { ...goingOn(clock.handle, at), startedAt: at }, handle: null };
  const now: StepClock = { step, startedAt: at, limit: limits[step], since: limits[step] && at, rest: null };
  const handle = step === 'verify' && clock?.now.step === 'handle' ? stopped(clock.now, at, calendar) : null;
  return { now, handle };
}

export interface ClockTimes {
  warnAt: number | null;
  dueAt: number | null;
}
const none: ClockTimes = { warnAt: null, dueAt: null };

/** When the light changes, if nothing else happens; none while it stands still, without a limit, or more than twenty years away. */
export function timesOf(clock: StepClock, calendar: WorkingCalendar): ClockTimes {
  const { limit, since, rest } = clock;
  if (!limit || since === null) return none;
  const due = rest ? later(since, rest.leftMs, limit.unit, calendar) : dueAt(since, limit, calendar);
  if (!Number.isFinite(due)) return none;
  const { leftMs, totalMs } = rest ?? wholeOf(since, due, limit.unit, calendar);
  const warn = later(since, leftMs - totalMs + warnShareOf(totalMs), limit.unit, calendar);
  return { warnAt: Math.min(warn, due), dueAt: due };
}

/**
 * Granted more time: it goes on from the deadline, or from now where that is over. Minutes are those of the limit: working
 * minutes where the limit counts working time.
 */
export function extended(clock: StepClock, by: StepLimit, at: number, calendar: WorkingCalendar): StepClock {
  const { limit, since } = clock;
  if (!limit) return clock;
  const { unit } = limit;
  const more: StepLimit = by.unit === 'minutes' && unit !== 'minutes' ? { ...by, unit: 'working-minutes' } : by;
  const still = stopped(clock, at, calendar);
  if (!still.rest) return clock;
  const { leftMs, totalMs } = still.rest;
  const base = Math.max(at, later(at, leftMs, unit, calendar));
  const granted = countedMs(base, dueAt(base, more, calendar), unit, calendar);
  return {
    ...clock,
    since: since === null ? null : at,
    rest: { leftMs: Math.max(0, leftMs) + granted, totalMs: totalMs + granted },
  };
}

/** What is left in counted ms, below zero when it is over; `null`: no limit. */
export const leftOf = (clock: StepClock, at: number, calendar: WorkingCalendar): number | null =>
  stopped(clock, at, calendar).rest?.leftMs ?? null;

function stopped(clock: StepClock, at: number, calendar: WorkingCalendar): StepClock {
  const { limit, since, rest } = clock;
  const { dueAt: due } = timesOf(clock, calendar);
  if (!limit || since === null || due === null) return { ...clock, since: null };
  const { totalMs } = rest ?? wholeOf(since, due, limit.unit, calendar);
  const left = due >= at ? countedMs(at, due, limit.unit, calendar) : -countedMs(due, at, limit.unit, calendar);
  return { ...clock, since: null, rest: { leftMs: left, totalMs } };
}

/** A limit that is too far away to be counted is none after that. */
const goingOn = (clock: StepClock, at: number): StepClock => ({ ...clock, since: clock.rest && at });

function wholeOf(
  since: number,
  due: number,
  unit: Unit,
  calendar: WorkingCalendar,
): { leftMs: number; totalMs: number } {
  const totalMs = countedMs(since, due, unit, calendar);
  return { leftMs: totalMs, totalMs };
}
