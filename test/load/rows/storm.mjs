import { setTimeout as sleep } from 'node:timers/promises';
import { alarmSchema, workOrderSchema } from '../../../dist/libs/contracts/index.js';
import { waitUntil } from '../../../dist/simulators/client/index.js';
import { makeBuildings, makeDevices } from '../community.mjs';
import { LiveStream } from '../live-stream.mjs';
import { residentMb, spreads } from '../measure.mjs';
import { Probe } from '../mqtt-connection.mjs';
import { startPlatform } from '../platform.mjs';

const spreadMs = 1000;
const ruleId = 'fire-smoke-alarm';
const limitMs = 900_000;
/** How long memory is looked at afterwards. */
const afterMs = 60_000;

/** Thousands of smoke detectors of many buildings, an incident each, sound within one second. */
export async function measureStorm({ rounds, alarms, buildings, say }) {
  const platform = await startPlatform();
  const results = [];
  for (let round = 1; round <= rounds; round += 1) {
    const result = await measureOnce(platform, `storm-${round}`, alarms, buildings);
    results.push(result);
    const shown = Object.entries(result).map(([name, value]) => `${name} ${value.toFixed(0)}`);
    say(`round ${round}: ${shown.join(', ')}`);
  }
  await platform.stop();
  return { alarms, buildings, rounds: results, spreads: spreads(results) };
}

async function measureOnce(platform, prefix, alarms, buildings) {
  const areaIds = await makeBuildings(platform, prefix, buildings);
  const logins = await makeDevices(platform, { prefix, count: alarms, domain: 'fire', areaIds });
  const streamed = await countRaised(platform, new Set(areaIds));
  const probes = [];
  const memory = sampleMemory(platform.pid);
  try {
    for (const login of logins) probes.push(await Probe.connect(platform.mqttPort, login));
    const pings = [];
    for (const probe of probes.slice(0, 50)) pings.push(await probe.ping());
    const memoryStartMb = residentMb(platform.pid);
    const start = performance.now();
    await fire(probes);
    const pubackMs = performance.now() - start;
    const ours = new Set(areaIds);
    await waitForAll(platform, ours, 'is in the list', (list) => list.length >= alarms);
    const listedMs = performance.now() - start;
    await waitUntil('all alarms are on the stream', () => streamed.devices.size >= alarms, { limitMs, everyMs: 20 });
    const streamedMs = streamed.lastAt - start;
    const list = await waitForAll(platform, ours, 'has its order', isOrdered);
    const orderedMs = performance.now() - start;
    const pingMs = pings.reduce((sum, ms) => sum + ms, 0) / pings.length;
    await sleep(afterMs);
    // By now a second order would be there.
    const orders = await ordersOf(platform, new Set(list.map(({ incidentId }) => incidentId)));
    if (orders.length !== areaIds.length || orders.some((count) => count !== 1) || streamed.devices.size !== alarms)
      throw new Error(`${streamed.devices.size} alarms, ${orders.length} incidents, orders ${orders.join(' ')}`);
    const memoryEndMb = residentMb(platform.pid);
    return { pingMs, pubackMs, listedMs, streamedMs, orderedMs, memoryStartMb, memoryPeakMb: memory(), memoryEndMb };
  } finally {
    memory();
    await streamed.close();
    for (const probe of probes) probe.close();
  }
}

/** Evenly over the second; what is late leaves at once. Resolves when all are acknowledged. */
async function fire(probes) {
  const start = performance.now();
  const sent = [];
  for (const [n, probe] of probes.entries()) {
    const wait = start + (n * spreadMs) / probes.length - performance.now();
    if (wait > 1) await sleep(wait);
    sent.push(probe.publish('event', { id: 'bench-1', ts: Date.now(), type: 'smoke.alarm' }));
  }
  await Promise.all(sent);
}

/** Devices of these places whose alarm an operator's screen has got. */
async function countRaised(platform, areaIds) {
  const operator = platform.demo.people.find(({ role }) => role === 'operator');
  const seen = { devices: new Set(), lastAt: 0 };
  const stream = await LiveStream.open(platform, operator, ({ type, payload, areaId }, at) => {
    if (type !== 'alarm.raised.v1' || payload.ruleId !== ruleId || !areaIds.has(areaId)) return;
    seen.devices.add(payload.deviceId);
    seen.lastAt = at;
  });
  return Object.assign(seen, { close: () => stream.close() });
}

/** Resolves with all alarms of these places when that is so of them; one look is some pages, however many places. */
const waitForAll = (platform, areaIds, what, isSo) =>
  waitUntil(
    `every alarm ${what}`,
    async () => {
      const list = await platform.admin.all(alarmSchema, '/alarms', { state: 'all', limit: 200 });
      const own = list.filter((alarm) => alarm.ruleId === ruleId && areaIds.has(alarm.areaId));
      return isSo(own) && own;
    },
    { limitMs, everyMs: 500 },
  );

/** An alarm joins its incident with the job that it caused. */
const isOrdered = (list) => list.every(({ incidentId, workOrderId }) => incidentId !== null && workOrderId !== null);

/** How many orders each of these incidents has. */
async function ordersOf({ admin }, incidentIds) {
  const counts = new Map([...incidentIds].map((id) => [id, 0]));
  for (const { incidentId } of await admin.all(workOrderSchema, '/work-orders', { state: 'all', limit: 200 }))
    if (counts.has(incidentId)) counts.set(incidentId, counts.get(incidentId) + 1);
  return [...counts.values()];
}

/** @returns a function that ends the sampling and answers the highest value */
function sampleMemory(pid) {
  let peak = residentMb(pid);
  const timer = setInterval(() => (peak = Math.max(peak, residentMb(pid) ?? 0)), 250);
  return () => {
    clearInterval(timer);
    return peak;
  };
}
