import { setTimeout as sleep } from 'node:timers/promises';
import { makeBuildings, makeDevices } from '../community.mjs';
import { assertAcknowledged, loadShape, mostAhead, publishersOf, startLoad } from '../load.mjs';
import { percentiles, spread } from '../measure.mjs';
import { Probe } from '../mqtt-connection.mjs';
import { startPlatform } from '../platform.mjs';
import { Screens } from '../screens.mjs';
import { assertStored } from '../stored.mjs';
import { baselineSeconds, noMosquitto, startPipe } from './baseline.mjs';

/** A community of a thousand devices that report once a second, and the load of the throughput: all the machine can take. */
const phases = {
  idle: undefined,
  '1,000 messages/s': { perSecond: 1000, devices: 1000 },
  'full load': { perSecond: 0, devices: loadShape.publishers },
};
const ruleId = 'fire-smoke-alarm';
/** Calm enough that one alarm is dealt with before the next: the figure is latency, not the work of dispatch queueing up. */
const alarmsPerSecond = 5;

/** A smoke detector sounds: ms until its PUBACK, until an operator's screen has the alarm, until an officer is told. */
export async function measureLatency({ rounds, probes, say }) {
  const platform = await startPlatform();
  const screens = await Screens.open(platform);
  const areaIds = await makeBuildings(platform, 'noise', 3);
  const loads = {};
  for (const [name, load] of Object.entries(phases)) {
    if (!load) continue;
    const prefix = `noise-${load.devices}`;
    const logins = await makeDevices(platform, { prefix, count: load.devices, domain: 'sanitation', areaIds });
    loads[name] = { ...load, publishers: publishersOf(logins) };
  }
  const rows = Object.fromEntries(Object.keys(phases).map((name) => [name, []]));
  for (let round = 1; round <= rounds; round += 1)
    for (const [index, name] of Object.keys(phases).entries()) {
      const pipe = await measurePipe(loads[name], probes);
      const result = await measurePhase(platform, screens, loads[name], { prefix: `p${round}-${index}`, probes });
      rows[name].push({ ...result, pipe });
      const p99 = (what) => (what ? what.p99.toFixed(1) : '-');
      say(
        `round ${round}: ${name}: p99 pipe ${p99(pipe)}, PUBACK ${p99(result.puback)}, screen ${p99(result.screen)}, officer ${p99(result.officer)} ms`,
      );
    }
  await screens.close();
  await platform.stop();
  const pipeSkipped = rows.idle[0].pipe ? undefined : noMosquitto;
  return { alarmsPerRound: probes, alarmsPerSecond, pipeSkipped, rows: Object.entries(rows).map(summary) };
}

async function measurePhase(platform, screens, load, { prefix, probes }) {
  const buildings = await makeBuildings(platform, prefix, probes);
  const logins = await makeDevices(platform, { prefix, count: probes, domain: 'fire', areaIds: buildings });
  const before = await platform.readings();
  const stop = load && (await startLoad({ ...load, port: platform.mqttPort }));
  const times = { ping: [], puback: [], screen: [], officer: [] };
  for (const login of logins) {
    const next = sleep((500 + Math.random() * 1000) / alarmsPerSecond);
    const probe = await Probe.connect(platform.mqttPort, login);
    try {
      times.ping.push(await probe.ping());
      await next;
      const arrival = screens.alarmAt(login.areaId, ruleId);
      const sentAt = performance.now();
      const [puback, at] = await Promise.all([probe.publish('event', alarm()), arrival]);
      times.puback.push(puback);
      times.screen.push(at.screenAt - sentAt);
      times.officer.push(at.notifiedAt - sentAt);
    } finally {
      probe.close();
    }
  }
  const result = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, percentiles(list)]));
  if (!stop) return result;
  const report = assertAcknowledged(await stop());
  await assertStored(platform, before, [report]);
  return { ...result, loadPerSecond: report.acked / report.seconds };
}

/** The same messages from a publisher through Mosquitto to a subscriber that does nothing with them, for as long as that lasts. */
async function measurePipe(load, atMost) {
  const pipe = await startPipe();
  if (!pipe) return undefined;
  const probes = Math.min(atMost, baselineSeconds * alarmsPerSecond);
  const { subscriber, port } = pipe;
  const arrivals = new Map();
  subscriber.onMessage('event', ({ id, at }) => arrivals.get(id)?.(at - performance.timeOrigin));
  const maxAhead = load?.perSecond === 0 ? mostAhead : 0;
  const stop = load && (await startLoad({ ...load, port, subscriber, maxAhead }));
  const probe = await Probe.connect(port, { id: 'bench/probe', domain: 'fire' });
  const times = [];
  for (let n = 1; n <= probes; n += 1) {
    await sleep((500 + Math.random() * 1000) / alarmsPerSecond);
    const arrival = new Promise((resolve) => arrivals.set(n, resolve));
    const sentAt = performance.now();
    const [at] = await Promise.race([
      Promise.all([arrival, probe.publish('event', { ...alarm(), id: n })]),
      pipe.broken,
    ]);
    times.push(at - sentAt);
  }
  probe.close();
  await stop?.();
  await pipe.stop();
  return percentiles(times);
}

const alarm = () => ({ id: 'bench-1', ts: Date.now(), type: 'smoke.alarm' });

function summary([name, rounds]) {
  const of = (what) =>
    rounds[0][what] &&
    Object.fromEntries(['p50', 'p99', 'max'].map((key) => [key, spread(rounds.map((round) => round[what][key]))]));
  const load = spread(rounds.map((round) => round.loadPerSecond ?? NaN));
  const figures = ['ping', 'pipe', 'puback', 'screen', 'officer'].map((what) => [what, of(what)]);
  return { name, rounds, load, ...Object.fromEntries(figures) };
}
