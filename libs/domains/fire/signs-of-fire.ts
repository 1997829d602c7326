import type { SimpleCondition } from '@sc/contracts';

/** What tells of a fire at one device; rules of one device and of several are made of the same signs. */

/** Only the off-delay uses it: a device that reports seldom must still be able to end its alarm. */
const maxGapMs = 3_600_000;
/** Smoke and heat of a fire come in puffs; one alarm per fire, not one per puff. */
const offDelayMs = 60_000;

const above = (metric: string, raiseAt: number, clearAt: number) =>
  ({ kind: 'threshold', metric, direction: 'above', raiseAt, clearAt, onDelayMs: 0, offDelayMs, maxGapMs }) as const;

export const smokeLevel = above('smoke', 4.5, 2) satisfies SimpleCondition;
export const opticalDensityLevel = above('opticalDensity', 0.02, 0.0088) satisfies SimpleCondition;
/** However slowly it got so hot. */
export const staticHeat = above('temperature', 70, 50) satisfies SimpleCondition;
/** Hot enough for a fire if it got so fast; a roof in the sun is as hot. */
export const hot = above('temperature', 57, 50) satisfies SimpleCondition;
export const soundingAlarm = {
  kind: 'event',
  raiseOn: ['smoke.alarm'],
  clearOn: ['smoke.cleared'],
} satisfies SimpleCondition;

/** Faster than the sun, a heater or a shower warms a ceiling for so long: 15 K in 5 min. */
export const heatingUp: SimpleCondition = {
  kind: 'rate',
  metric: 'temperature',
  direction: 'rising',
  windowMs: 300_000,
  raiseAt: 3,
  clearAt: 1,
  onDelayMs: 0,
  offDelayMs,
  maxGapMs: 900_000,
};

/** The first of a hot layer below the ceiling. By itself any heater does it: it counts only beside a fire. */
export const warming: SimpleCondition = {
  kind: 'rate',
  metric: 'temperature',
  direction: 'rising',
  windowMs: 60_000,
  raiseAt: 2,
  clearAt: 0.5,
  onDelayMs: 0,
  offDelayMs: 300_000,
  maxGapMs: 300_000,
};

/** What a camera calls what it saw. */
export const seenByCamera = {
  kind: 'event',
  raiseOn: ['camera.alert'],
  clearOn: [],
  match: [{ field: 'label', anyOf: ['smoke', 'fire', 'flame'] }],
  quietMs: 600_000,
} satisfies SimpleCondition;
