import { setTimeout as sleep } from 'node:timers/promises';
import { makeBuildings, makeDevices } from '../community.mjs';
import { affordable, Fleet, openFilesLimit } from '../fleet.mjs';
import { assertAcknowledged } from '../load.mjs';
import { residentMb, spreads } from '../measure.mjs';
import { startPlatform } from '../platform.mjs';
import { freePort, Program } from '../processes.mjs';
import { assertStored } from '../stored.mjs';

const everySeconds = 60;
const backLimitMs = 600_000;
const settleMs = 5000;

/** Many devices that seldom say something: what each costs, how fast they come, and how fast all come back after a kill. */
export async function measureConnections({ rounds, seconds, devices, say }) {
  const rows = [];
  for (const wanted of devices) {
    const count = affordable(wanted);
    const ours = [];
    const theirs = [];
    for (let round = 1; round <= rounds; round += 1) {
      theirs.push(await measureOnce(await startAedes(), invented(count), { seconds }));
      const platform = await startPlatform();
      const start = performance.now();
      const logins = await register(platform, count);
      const registerSeconds = (performance.now() - start) / 1000;
      ours.push({ registerSeconds, ...(await measureOnce(platform, logins, { seconds })) });
      const shown = ({ memoryMb, connectsPerSecond, backSeconds }) =>
        `${memoryMb.toFixed(0)} MB more, ${connectsPerSecond.toFixed(0)} connects/s, back after ${backSeconds.toFixed(1)} s`;
      say(`${count} devices, round ${round}: Aedes ${shown(theirs.at(-1))}; platform ${shown(ours.at(-1))}`);
    }
    rows.push({
      wanted,
      devices: count,
      aedes: { rounds: theirs, spreads: spreads(theirs) },
      platform: { rounds: ours, spreads: spreads(ours) },
    });
  }
  return { everySeconds, openFiles: openFilesLimit(), rows };
}

/** @throws Error when a device does not get in again, or a report is not acknowledged and stored */
async function measureOnce(server, logins, { seconds }) {
  await sleep(settleMs);
  const beforeMb = residentMb(server.pid);
  const fleet = await Fleet.connect(server.mqttPort, logins);
  try {
    await reportOnce(server, fleet, seconds);
    const memoryMb = residentMb(server.pid) - beforeMb;
    const back = fleet.back(backLimitMs);
    await server.kill();
    await server.launch();
    const upAt = performance.timeOrigin + performance.now();
    const returned = await back;
    const backSeconds = Math.max(0, ...returned.map(({ at }) => at - upAt)) / 1000;
    const refusals = returned.reduce((sum, report) => sum + report.refusals, 0);
    // Those that are back must be heard, too.
    await reportOnce(server, fleet, Math.min(10, seconds));
    return {
      beforeMb,
      memoryMb,
      perDeviceKb: (memoryMb * 1024) / logins.length,
      connectSeconds: fleet.connectSeconds,
      connectsPerSecond: logins.length / fleet.connectSeconds,
      refusalsAtFirst: fleet.refusals,
      backSeconds,
      triesInVain: refusals,
    };
  } finally {
    await fleet.stop();
    await server.stop();
  }
}

async function reportOnce(server, fleet, seconds) {
  const before = await server.readings?.();
  const reports = await fleet.report({ seconds, everySeconds });
  for (const report of reports) assertAcknowledged(report);
  if (before) await assertStored(server, before, reports);
}

async function register(platform, count) {
  const areaIds = await makeBuildings(platform, 'many', Math.max(1, Math.round(count / 200)));
  return makeDevices(platform, { prefix: 'many', count, domain: 'sanitation', areaIds });
}

/** Aedes in a process of its own, which can be killed and started again like the platform. */
async function startAedes() {
  const server = {
    mqttPort: await freePort(),
    async launch() {
      server.program = new Program('aedes', [String(server.mqttPort)]);
      await server.program.next('ready', 20_000);
      server.pid = server.program.pid;
    },
    kill: () => server.program.kill(),
    stop: () => server.program.stop(),
  };
  await server.launch();
  return server;
}

const invented = (count) =>
  Array.from({ length: count }, (_, n) => ({
    id: `bench/many-${String(n + 1).padStart(5, '0')}`,
    domain: 'sanitation',
  }));
