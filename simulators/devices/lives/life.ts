import type { Random } from '../../prng.js';
import type { Behaviour } from '../behaviour.js';

/** How one device of a kind lives: `source` is its own randomness, the same after every restart. */
export type Life = (deviceId: string, source: Random) => Behaviour;

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Hour of the day where the demo community lies (UTC+8), 0 ≤ h < 24. */
export const hourOfDay = (now: number): number => ((now + 8 * hour) % day) / hour;

/** 1 at that hour, 0 twelve hours later, smooth between. */
export const around = (peakHour: number, now: number): number =>
  0.5 + 0.5 * Math.cos((2 * Math.PI * (hourOfDay(now) - peakHour)) / 24);

/** A good battery falls 1 % in about a month; it is told rarely, as on real devices. */
export const batteryNowAndThen = (age: number, random: Random): { battery?: number } =>
  random.chance(0.05) ? { battery: rounded(92 - age / (30 * day) + random.bell() * 0.3, 0) } : {};

/** A stretch of time in which something happens: its times lie wholly within its slot. */
export interface Episode {
  slot: number;
  from: number;
  to: number;
  random: Random;
}

export interface EpisodePlan {
  slotMs: number;
  /** Whether the slot that begins then has one. */
  chance(slotStart: number): number;
  lengthMs(random: Random): number;
}

/**
 * The episodes that touch (`since`, `now`]. Which there are depends on the source and the clock alone, so a device that is
 * switched off and on goes on with the same day.
 */
export function episodes(plan: EpisodePlan, source: Random, since: number, now: number): Episode[] {
  const found: Episode[] = [];
  for (let slot = Math.floor(since / plan.slotMs); slot <= Math.floor(now / plan.slotMs); slot += 1) {
    const random = source.fork(`slot-${slot}`);
    const start = slot * plan.slotMs;
    if (!random.chance(plan.chance(start))) continue;
    const length = Math.min(plan.slotMs * 0.9, plan.lengthMs(random));
    const from = Math.round(start + random.next() * (plan.slotMs - length));
    const to = Math.round(from + length);
    if (from <= now && to > since) found.push({ slot, from, to, random });
  }
  return found;
}

/** Whether the moment lies in (`since`, `now`]: then it is told in this turn. */
export const within = (moment: number, since: number, now: number): boolean => moment > since && moment <= now;
