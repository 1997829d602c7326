import { event, telemetry } from '../behaviour.js';
import { around, batteryNowAndThen, episodes, minute, within, type EpisodePlan, type Life } from './life.js';

/** Of all openings: long enough that the platform asks for somebody. With eleven doors a few a day. */
const heldShare = 0.004;
const deniedShare = 0.02;

const openings: EpisodePlan = {
  slotMs: 6 * minute,
  // Few by night, one in every second slot in the evening.
  chance: (now) => 0.02 + 0.45 * around(17, now) ** 2,
  lengthMs: (random) => (random.chance(heldShare) ? random.between(2, 5) * minute : random.between(5000, 20_000)),
};

/** People come and go by the hour of the day; now and then a door is kept open, or a card is not let in. */
export const door: Life = (_, source) => {
  let since: number | undefined;
  return ({ now, age, random }) => {
    const from = since ?? now - 1;
    since = now;
    const seen = episodes(openings, source, from, now);
    const isOpen = seen.some((one) => one.from <= now && one.to > now);
    const sayings = seen.flatMap((one) => {
      const credential = source
        .fork(`card-${one.slot % 40}`)
        .next()
        .toString(16)
        .slice(2, 14);
      const told = [];
      if (within(one.from, from, now)) {
        if (one.random.fork('denied').chance(deniedShare))
          told.push(
            event({
              id: `denied-${one.slot}`,
              ts: one.from - 900,
              type: 'access.denied',
              data: { credential, reason: 'expired' },
            }),
          );
        told.push(
          event({ id: `granted-${one.slot}`, ts: one.from - 500, type: 'access.granted', data: { credential } }),
          event({ id: `opened-${one.slot}`, ts: one.from, type: 'door.opened' }),
        );
      }
      if (within(one.to, from, now)) told.push(event({ id: `closed-${one.slot}`, ts: one.to, type: 'door.closed' }));
      return told;
    });
    return [...sayings, telemetry(now, { doorOpen: isOpen, ...batteryNowAndThen(age, random) })];
  };
};
