import { event, telemetry } from '../behaviour.js';
import { around, batteryNowAndThen, hour, rounded, type Life } from './life.js';

/** Of all rounds: the lorry comes after the bin has crossed the level of the rule. */
const lateShare = 0.2;

/** Fills until its round comes, which is mostly in time; each bin has its own rhythm. */
export const bin: Life = (_, source) => {
  const roundMs = source.fork('rhythm').between(7, 11) * hour;
  const offset = source.fork('phase').next() * roundMs;
  let told: number | undefined;
  return ({ now, age, random }) => {
    const round = Math.floor((now + offset) / roundMs);
    const lot = source.fork(`round-${round}`);
    const peak = lot.chance(lateShare) ? lot.between(89, 97) : lot.between(45, 80);
    const share = (now + offset) / roundMs - round;
    const emptied = told !== undefined && told !== round;
    told = round;
    return [
      ...(emptied ? [event({ id: `emptied-${round}`, ts: now - 1, type: 'bin.emptied' })] : []),
      telemetry(now, {
        fillPercent: rounded(2 + (peak - 2) * share, 0),
        temperature: rounded(12 + 14 * around(15, now) + random.bell() * 0.3, 1),
        tilt: rounded(2 + Math.abs(random.bell()), 0),
        ...batteryNowAndThen(age, random),
      }),
    ];
  };
};
