import { waitUntil } from '../../dist/simulators/client/index.js';
import { loadShape } from './load.mjs';

const countersLimitMs = 60_000;

/**
 * Compares what the publishers had acknowledged with what the platform has stored since `before` (`platform.readings()`).
 * @param redelivers a broker between the two may deliver twice, after a broken connection: that costs rate, it is no error
 * @returns how many messages came twice by that
 * @throws Error at the first difference: a rate of something else is no rate
 */
export async function assertStored(platform, before, reports, { redelivers = false } = {}) {
  const sum = (key) => reports.reduce((total, report) => total + report[key], 0) * loadShape.values;
  const repeated = sum('repeatedAltogether');
  const fresh = sum('sentAltogether') - repeated;
  const got = { stored: 0, duplicate: 0 };
  const look = async () => {
    const now = await platform.readings();
    got.stored = now.stored - before.stored;
    got.duplicate = now.duplicate - before.duplicate;
    return got.stored >= fresh && got.duplicate >= repeated;
  };
  await waitUntil('counters tell of the last batch', look, { limitMs: countersLimitMs }).catch(() => undefined);
  if (got.stored !== fresh || (got.duplicate !== repeated && !(redelivers && got.duplicate > repeated)))
    throw new Error(
      `readings stored ${got.stored} of ${fresh}, known as duplicates ${got.duplicate} of ${repeated}; refused: ${JSON.stringify(Object.fromEntries(await platform.metrics('sc_rejected_total')))}`,
    );
  return (got.duplicate - repeated) / loadShape.values;
}
