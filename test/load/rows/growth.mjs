import { setTimeout as sleep } from 'node:timers/promises';
import { makeBuildings, makeDevices } from '../community.mjs';
import { affordable } from '../fleet.mjs';
import { assertAcknowledged, publishersOf, runLoad } from '../load.mjs';
import { spreads } from '../measure.mjs';
import { startPlatform } from '../platform.mjs';
import { connectToDatabase, setRules } from '../rules.mjs';
import { assertStored } from '../stored.mjs';

/** The same for all: a rate that every one of them carries without queueing. */
const perSecond = 5000;
const rulesFew = 10;
const rulesMany = 1000;
/** The platform reads its rules anew every five seconds. */
const rulesInForceMs = 12_000;

/** CPU time per message, at the same rate, of few and of many devices, with few and with many rules. */
export async function measureGrowth({ rounds, seconds, devices, say }) {
  const platform = await startPlatform();
  const database = await connectToDatabase(platform);
  const counts = devices.map((wanted) => affordable(wanted));
  const most = Math.max(...counts);
  const areaIds = await makeBuildings(platform, 'grow', Math.max(1, Math.round(most / 200)));
  const all = publishersOf(await makeDevices(platform, { prefix: 'grow', count: most, domain: 'sanitation', areaIds }));
  const [few] = counts;
  const variants = [
    ...counts.map((count) => ({ devices: count, rules: rulesFew })),
    { devices: few, rules: rulesMany },
    { devices: few, rules: rulesMany / 10, aimed: true },
  ];
  const rows = variants.map((variant) => ({ ...variant, rounds: [] }));
  try {
    // The first load makes the compiler's work, which is nobody's cost per message.
    await measureOnce(platform, all.slice(0, few), { seconds });
    for (let round = 1; round <= rounds; round += 1)
      for (const row of rows) {
        await setRules(database, row);
        await sleep(rulesInForceMs);
        row.rounds.push(await measureOnce(platform, all.slice(0, row.devices), { seconds }));
        const { cpuUs } = row.rounds.at(-1);
        say(`round ${round}: ${row.devices} devices, ${row.rules} rules: ${cpuUs.toFixed(1)} µs per message`);
      }
  } finally {
    await database.end();
  }
  await platform.stop();
  for (const row of rows)
    row.rounds.forEach((result, i) => {
      result.ratio = result.cpuUs / rows[0].rounds[i].cpuUs;
    });
  return { perSecond, devicesWanted: devices, rows: rows.map((row) => ({ ...row, spreads: spreads(row.rounds) })) };
}

async function measureOnce(platform, publishers, settings) {
  const before = await platform.readings();
  const watched = { product: platform.pid };
  const report = await runLoad({ port: platform.mqttPort, publishers, settings, perSecond, watched });
  await assertStored(platform, before, [assertAcknowledged(report)]);
  // An even rate is the condition of the comparison.
  if (report.acked < 0.9 * perSecond * report.seconds)
    throw new Error(`only ${Math.round(report.acked / report.seconds)} of ${perSecond} messages/s were carried`);
  return { cpuUs: (report.cpu.product / report.acked) * 1e6, messagesPerSecond: report.acked / report.seconds };
}
