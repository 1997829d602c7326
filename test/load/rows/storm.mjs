import { setTimeout as sleep } from 'node:timers/promises';
import { alarmSchema, incidentDetailSchema } from '../../../dist/libs/contracts/index.js';
import { waitUntil } from '../../../dist/simulators/client/index.js';
import { makeBuildings, makeDevices } from '../community.mjs';
import { residentMb, spread } from '../measure.mjs';
import { Probe } from '../mqtt-connection.mjs';
import { startPlatform } from '../platform.mjs';

const alarms = 500;
const buildings = 10;
const spreadMs = 1000;
const ruleId = 'fire-smoke-alarm';
const limitMs = 120_000;

/** 500 smoke detectors of ten buildings sound within one second. */
export async function measureStorm({ rounds, say }) {
  const platform = await startPlatform();
  const results = [];
  for (let round = 1; round <= rounds; round += 1) {
    const result = await measureOnce(platform, `storm-${round}`);
    results.push(result);
    say(
      `round ${round}: visible after ${result.visibleMs.toFixed(0)} ms, ordered after ${result.orderedMs.toFixed(0)} ms`,
    );
  }
  await platform.stop();
  const spreads = Object.keys(results[0]).map((key) => [key, spread(results.map((result) => result[key]))]);
  return { alarms, buildings, rounds: results, ...Object.fromEntries(spreads) };
}

async function measureOnce(platform, prefix) {
  const areaIds = await makeBuildings(platform, prefix, buildings);
  const logins = await makeDevices(platform, { prefix, count: alarms, domain: 'fire', areaIds });
  const probes = [];
  try {
    for (const login of logins) probes.push(await Probe.connect(platform.mqttPort, login));
    const memoryStartMb = residentMb(platform.pid);
    const pings = [];
    for (const probe of probes.slice(0, 50)) pings.push(await probe.ping());
    const start = performance.now();
    const acknowledged = fire(probes).then(() => performance.now() - start);
    const found = await waitUntil('all alarms are in the list', () => allAlarms(platform, areaIds), {
      limitMs,
      everyMs: 100,
    });
    const visibleMs = performance.now() - start;
    const pubackMs = await acknowledged;
    const incidents = await waitUntil('one order per incident', () => ordered(platform, areaIds), {
      limitMs,
      everyMs: 100,
    });
    const orderedMs = performance.now() - start;
    // A second order would follow the first by milliseconds.
    await sleep(2000);
    const orders = (await ordered(platform, areaIds))?.map(({ workOrders }) => workOrders.length) ?? [];
    if (found.length !== alarms || incidents.length !== buildings || orders.some((count) => count !== 1))
      throw new Error(`${found.length} alarms, ${incidents.length} incidents, orders ${orders.join(' ')}`);
    const pingMs = pings.reduce((sum, ms) => sum + ms, 0) / pings.length;
    return { visibleMs, orderedMs, pubackMs, pingMs, memoryStartMb, memoryEndMb: residentMb(platform.pid) };
  } finally {
    for (const probe of probes) probe.close();
  }
}

/** Evenly over the second; what is late leaves at once. */
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

async function alarmsOf({ admin }, areaId) {
  const list = await admin.all(alarmSchema, '/alarms', { state: 'all', areaId, limit: 200 });
  return list.filter((alarm) => alarm.ruleId === ruleId);
}

async function allAlarms(platform, areaIds) {
  const lists = [];
  for (const areaId of areaIds) {
    const list = await alarmsOf(platform, areaId);
    if (list.length < alarms / buildings) return undefined;
    lists.push(list);
  }
  return lists.flat();
}

async function ordered(platform, areaIds) {
  const ids = new Set();
  for (const areaId of areaIds)
    for (const { incidentId } of await alarmsOf(platform, areaId)) {
      if (incidentId === null) return undefined;
      ids.add(incidentId);
    }
  const incidents = [];
  for (const id of ids) incidents.push(await platform.admin.get(incidentDetailSchema, `/incidents/${id}`));
  return incidents.every(({ workOrders }) => workOrders.length > 0) && incidents;
}
