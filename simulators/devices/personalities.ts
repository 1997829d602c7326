import { domainByName } from '@sc/domains';
import { event, telemetry, type Behaviour, type ReadingValues, type Saying } from './behaviour.js';
import type { Random } from '../prng.js';

export const personalities = ['honest', 'noisy', 'silent', 'faulty', 'low-battery'] as const;
export type Personality = (typeof personalities)[number];

const minute = 60_000;
const day = 24 * 60 * minute;

/** Raise level of a default rule: the noise stays below what the platform really uses. */
function levelOf(ruleId: string): number {
  const rule = domainByName('fire')?.rules.find(({ id }) => id === ruleId);
  if (rule?.condition.kind !== 'threshold') throw new Error(`no threshold rule ${ruleId}`);
  return rule.condition.raiseAt;
}
const smokeLevel = levelOf('fire-smoke');
const batteryLevel = levelOf('fire-battery-low');

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Warmest in the afternoon, ±3 °C around 22 (China time, UTC+8). */
const roomTemperature = (now: number, random: Random): number =>
  22 + 3 * Math.sin((2 * Math.PI * (now + 8 * 60 * minute - 9 * 60 * minute)) / day) + random.bell() * 0.15;

const calm = (now: number, random: Random): ReadingValues => ({
  smoke: rounded(clamp(0.15 + random.bell() * 0.08, 0, 1), 2),
  temperature: rounded(roomTemperature(now, random), 1),
});

/** A good battery falls 1 % in about a month. */
const goodBattery = (age: number, random: Random): number => rounded(92 - age / (30 * day) + random.bell() * 0.3, 0);

/** The battery is told rarely, as on real devices; a self-test is told about once a day. */
const honest: Behaviour = ({ now, age, random }) => {
  const values = calm(now, random);
  if (random.chance(0.1)) values['battery'] = goodBattery(age, random);
  const sayings = [telemetry(now, values)];
  if (random.chance(0.0002)) sayings.push(event({ id: `test-${now}`, ts: now, type: 'test' }));
  return sayings;
};

/** Cooking and dust: smoke up to nine tenths of the level. Its battery dips while the radio sends, for less than the rule's delay. */
const noisy: Behaviour = ({ now, random }) => {
  const smoke = clamp(smokeLevel * (0.45 + random.bell() * 0.2), 0, smokeLevel * 0.9);
  const values = { ...calm(now, random), smoke: rounded(smoke, 2), battery: 61 };
  if (!random.chance(0.05)) return [telemetry(now, values)];
  return [telemetry(now - 2000, { ...values, battery: batteryLevel - 4 }), telemetry(now, values)];
};

/** Speaks for a while, then says nothing for longer than the silence rule allows, then speaks again: a power cut, daily bread. */
const speaksMs = 12 * minute;
const silentMs = 18 * minute;
const silent: Behaviour = (turn) => (turn.age % (speaksMs + silentMs) < speaksMs ? honest(turn) : []);

/** Mostly honest, but every few minutes something no platform can use; each kind has its own reason. */
const nonsense: ((now: number) => Saying)[] = [
  (now) => telemetry(now, { smoke: 'NaN', temperature: 22 }),
  () => ({ channel: 'telemetry', payload: '{"ts":17637432,"values":{"smo' }),
  (now) => telemetry(now + 3 * 365 * day, { smoke: 0.1 }),
  () => telemetry(0, { smoke: 0.1 }),
  (now) => telemetry(now, { temperature: 9999 }),
  (now) => ({ channel: 'event', payload: JSON.stringify({ ts: now, type: 17 }) }),
];
const faulty: Behaviour = (turn) => (turn.random.chance(0.06) ? [turn.random.pick(nonsense)(turn.now)] : honest(turn));

/** Starts a little above the level, falls below it within half an hour and stays there until somebody changes the battery. */
const lowBattery: Behaviour = ({ now, age, random }) => [
  telemetry(now, {
    ...calm(now, random),
    battery: rounded(Math.max(3, batteryLevel + 6 - age / (4 * minute)), 0),
  }),
];

export const behaviours: Record<Personality, Behaviour> = {
  honest,
  noisy,
  silent,
  faulty,
  'low-battery': lowBattery,
};

/** Who behaves how: nearly all honest, a handful not, and the same ones for the same seed. */
export function assignPersonalities(deviceIds: readonly string[], random: Random): Map<string, Personality> {
  const special: Personality[] = ['low-battery', 'silent', 'faulty', 'noisy', 'noisy'];
  const drawn = [...deviceIds]
    .map((id) => ({ id, lot: random.fork(id).next() }))
    .sort((a, b) => a.lot - b.lot)
    .map(({ id }) => id);
  // A small fleet stays mostly honest too.
  const count = Math.min(special.length, Math.floor(drawn.length / 4));
  return new Map(drawn.map((id, i) => [id, (i < count ? special[i] : undefined) ?? 'honest']));
}
