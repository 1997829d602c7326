import { askAll, assertComplete, questionsOf } from '../history/ask.mjs';
import { openPlainTable } from '../history/plain-table.mjs';
import { deviceCount, planOf } from '../history/series.mjs';
import { stores } from '../history/stores.mjs';
import { importAll, startWriting } from '../history/writing.mjs';

/** Readings of a month in each store: how fast they come in, how fast people's questions are answered, also while more come. */
export async function measureHistory({ readings, probes, say }) {
  const plan = planOf(readings);
  const rows = [{ name: 'plain table', ...(await measurePlain(plan, probes, say)) }];
  for (const [name, open] of Object.entries(stores)) {
    const store = await open();
    rows.push({ name, ...(store ? await measureStore(store, plan, probes, say) : { skipped: 'not installed' }) });
  }
  return { readings: plan.perDevice * deviceCount, devices: deviceCount, probes, everyMs: plan.everyMs, rows };
}

async function measurePlain(plan, probes, say) {
  const table = await openPlainTable(plan);
  say('plain table is filled');
  const asked = await askAll(table, plan, probes);
  const result = { quiet: asked, bytesPerMillion: perMillion(await table.bytes(), plan) };
  await table.stop();
  return result;
}

async function measureStore({ timeSeries, bytes, stop }, plan, probes, say) {
  const importPerSecond = await importAll(timeSeries, plan, say);
  say(`${importPerSecond.toFixed(0)} readings/s imported`);
  await assertComplete(timeSeries, plan, probes);
  const questions = questionsOf(timeSeries, plan);
  const quiet = await askAll(questions, plan, probes);
  const bytesPerMillion = perMillion(await bytes(), plan);
  const stopWriting = startWriting(timeSeries, plan.end);
  const writing = await askAll(questions, plan, probes);
  const live = await stopWriting();
  say(`p95 of a device's day ${quiet.day.p95.toFixed(1)} ms, while writing ${writing.day.p95.toFixed(1)} ms`);
  await stop();
  return { importPerSecond, bytesPerMillion, quiet, writing, live };
}

const perMillion = (bytes, plan) => (bytes / (plan.perDevice * deviceCount)) * 1e6;
