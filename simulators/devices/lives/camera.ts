import { event } from '../behaviour.js';
import { around, episodes, minute, within, type EpisodePlan, type Life } from './life.js';

/** Scenes worth a look: about one an hour over four cameras by day, one in twelve of them grave enough to send somebody. */
const scenes: EpisodePlan = {
  slotMs: 10 * minute,
  chance: (now) => 0.05 * around(14, now),
  lengthMs: (random) => random.between(15_000, 70_000),
};
const alertShare = 0.08;

/** A camera that sees nothing says nothing. */
export const camera: Life = (deviceId, source) => {
  let since: number | undefined;
  return ({ now }) => {
    const from = since ?? now - 1;
    since = now;
    return episodes(scenes, source, from, now).flatMap((scene) => {
      const severity = scene.random.fork('severity').chance(alertShare) ? 'alert' : 'detection';
      const data = {
        reviewId: `${scene.slot}-${deviceId.slice(-12)}`,
        severity,
        labels: [scene.random.fork('label').pick(['person', 'person', 'car', 'dog'])],
        zones: [],
        subLabels: [],
      };
      const review = (type: string, ts: number) => event({ id: `${type}-${scene.slot}`, ts, type, data });
      return [
        ...(within(scene.from, from, now) ? [review('review.started', scene.from)] : []),
        ...(within(scene.to, from, now) ? [review('review.ended', scene.to)] : []),
      ];
    });
  };
};
