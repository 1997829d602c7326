import { event, telemetry } from '../behaviour.js';
import { around, episodes, minute, within, type EpisodePlan, type Life } from './life.js';

const capacity = 120;

/** Residents' cars: nearly full by night, half empty at noon. It stays below the level of the rule. */
const lot: Life = (_, source) => {
  let before: number | undefined;
  return ({ now, random }) => {
    const drift = 0.02 * Math.sin(now / (37 * minute) + source.fork('phase').next() * 6);
    const share = 0.5 + 0.42 * around(2, now) + drift + random.bell() * 0.002;
    const occupied = Math.round(capacity * Math.min(0.96, share));
    const moved = before === undefined ? 0 : occupied - before;
    before = occupied;
    const plate = random.next().toString(16).slice(2, 14);
    const type = moved > 0 ? 'vehicle.entered' : 'vehicle.left';
    return [
      ...(moved === 0 ? [] : [event({ id: `${type}-${now}`, ts: now, type, data: { plate } })]),
      telemetry(now, { occupied, capacity }),
    ];
  };
};

const stays: EpisodePlan = {
  slotMs: 90 * minute,
  chance: (now) => 0.35 + 0.6 * around(1, now),
  lengthMs: (random) => random.between(20, 80) * minute,
};

const bay: Life = (_, source) => {
  let since: number | undefined;
  return ({ now }) => {
    const from = since ?? now - 1;
    since = now;
    const occupied = episodes(stays, source, from, now).some((stay) => stay.from <= now && stay.to > now);
    return [telemetry(now, { occupied })];
  };
};

/** A delivery van that stays too long, about once a day. */
const blockages: EpisodePlan = {
  slotMs: 30 * minute,
  chance: (now) => 0.04 * around(15, now),
  lengthMs: (random) => random.between(3, 12) * minute,
};

const fireLane: Life = (_, source) => {
  let since: number | undefined;
  return ({ now }) => {
    const from = since ?? now - 1;
    since = now;
    const seen = episodes(blockages, source, from, now);
    const sayings = seen.flatMap((one) => [
      ...(within(one.from, from, now)
        ? [event({ id: `blocked-${one.slot}`, ts: one.from, type: 'fire-lane.blocked' })]
        : []),
      ...(within(one.to, from, now)
        ? [event({ id: `cleared-${one.slot}`, ts: one.to, type: 'fire-lane.cleared' })]
        : []),
    ]);
    return [...sayings, telemetry(now, { occupied: seen.some((one) => one.from <= now && one.to > now) })];
  };
};

/** The catalogue's names tell which of the three a parking device is. */
export const parkingDevice: Life = (deviceId, source) => {
  const name = deviceId.slice(deviceId.indexOf('/') + 1);
  if (name.startsWith('lot')) return lot(deviceId, source);
  return (name.startsWith('fire-lane') ? fireLane : bay)(deviceId, source);
};
