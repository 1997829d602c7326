import { askAll, assertComplete, assertWritten, questionsOf } from '../history/ask.mjs';
import { openPlainTable } from '../history/plain-table.mjs';
import { deviceCount, planOf } from '../history/series.mjs';
import { stores } from '../history/stores.mjs';
import { compactAll, startUpkeep } from '../history/upkeep.mjs';
import { importPart, startWriting } from '../history/writing.mjs';

/** What is older than an hour is closed; with this everything imported is. */
const allClosedMs = 3 * 3_600_000;
const remainingDay = 2;
/** Of the readings this part comes in while roll-ups are made. */
const partWithUpkeep = 0.1;
/** Roll-ups of InfluxDB pass through the platform: 16,000 to 60,000 readings a second on two cores, which is hours for a month of 100 million. */
const compactionLimitMs = 900_000;

/** Readings of a month in each store: how fast they come in, how fast people's questions are answered, also while more come. */
export async function measureHistory({ readings, probes, say }) {
  const plan = planOf(readings);
  const rows = [{ name: 'plain table', ...(await measurePlain(plan, probes, say)) }];
  for (const [name, open] of Object.entries(stores)) {
    const store = await open();
    say(name);
    rows.push({ name, ...(store ? await measureStore(store, plan, probes, say) : { skipped: 'not installed' }) });
  }
  return {
    readings: plan.perDevice * deviceCount,
    devices: deviceCount,
    partWithUpkeep,
    probes,
    everyMs: plan.everyMs,
    rows,
  };
}

async function measurePlain(plan, probes, say) {
  const table = await openPlainTable(plan);
  say('plain table is filled');
  const quiet = await askAll(table, plan, probes);
  const bytesPerMillion = perMillion(await table.bytes(), plan.perDevice);
  await table.stop();
  return { quiet, bytesPerMillion };
}

async function measureStore({ timeSeries, bytes, stop }, plan, probes, say) {
  const first = Math.floor(plan.perDevice * (1 - partWithUpkeep));
  const importPerSecond = await importPart(timeSeries, plan, [0, first]);
  const bytesPerMillion = perMillion(await bytes(), first);
  say(`${importPerSecond.toFixed(0)} readings/s imported`);

  let now = plan.start + first * plan.everyMs;
  const stopUpkeep = startUpkeep(timeSeries, () => now);
  const importWithUpkeepPerSecond = await importPart(timeSeries, plan, [first, plan.perDevice], (tick) => {
    now = Math.max(now, plan.start + tick * plan.everyMs);
  });
  const meanwhile = await stopUpkeep();
  say(`${importWithUpkeepPerSecond.toFixed(0)} readings/s while ${meanwhile.readings} were compacted`);
  await assertComplete(timeSeries, plan, probes);

  const compaction = await compactAll(timeSeries, plan.end + allClosedMs, compactionLimitMs);
  const compactedBytesPerMillion = perMillion(await bytes(), plan.perDevice);
  say(`${compaction.readings} readings compacted in ${compaction.seconds.toFixed(0)} s`);
  await assertComplete(timeSeries, plan, probes);
  const questions = questionsOf(timeSeries, plan);
  const quiet = await askAll(questions, plan, probes);
  say(`p95 of a device's day ${quiet.day.p95.toFixed(1)} ms, never whole: ${JSON.stringify(quiet.lacking)}`);

  const stopWriting = startWriting(timeSeries, plan.end + allClosedMs);
  const stopExpiry = startUpkeep(timeSeries, () => plan.end + allClosedMs, { expires: true });
  const writing = await askAll(questions, plan, probes);
  const expiry = await stopExpiry();
  const { written, ...live } = await stopWriting();
  await assertComplete(timeSeries, plan, probes, remainingDay);
  await assertWritten(timeSeries, written, probes);
  say(`p95 of a device's day ${quiet.day.p95.toFixed(1)} ms, while writing ${writing.day.p95.toFixed(1)} ms`);
  await stop();
  const imports = { importPerSecond, importWithUpkeepPerSecond, meanwhile };
  return { ...imports, bytesPerMillion, compaction, compactedBytesPerMillion, quiet, writing, live, expiry };
}

const perMillion = (bytes, perDevice) => (bytes / (perDevice * deviceCount)) * 1e6;
