import { setTimeout as sleep } from 'node:timers/promises';
import { makeBackground, makeBuildings, makeDevices } from '../community.mjs';
import { loadShape, publishersOf, startLoad } from '../load.mjs';
import { percentiles, spread } from '../measure.mjs';
import { Probe } from '../mqtt-connection.mjs';
import { OperatorStream } from '../operator-stream.mjs';
import { startPlatform } from '../platform.mjs';

/** 1,000 messages/s is a community of some thousand devices; `full` is what the machine can take. */
const phases = { idle: undefined, '1,000 messages/s': 1000, 'full load': 0 };
const alarmsPerPhase = 100;
const ruleId = 'fire-smoke-alarm';
const buildingsPerPhase = 10;

/** A smoke detector sounds: ms until its PUBACK, and until the alarm is on an operator's stream. */
export async function measureLatency({ rounds, seconds, say }) {
  const platform = await startPlatform();
  const stream = await OperatorStream.open(platform);
  const areaIds = await makeBuildings(platform, 'noise', 3);
  const background = { prefix: 'noise', count: loadShape.publishers, areaIds };
  const noise = await makeBackground(platform, background);
  const publishers = publishersOf(noise);
  const rows = Object.fromEntries(Object.keys(phases).map((name) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, [name, perSecond]] of Object.entries(phases).entries()) {
      // Each alarm is the first of its device: a real raise, with an incident and an order behind it.
      const prefix = `probe-${round}-${index}`;
      const buildings = await makeBuildings(platform, prefix, buildingsPerPhase);
      const count = alarmsPerPhase;
      const logins = await makeDevices(platform, { prefix, count, domain: 'fire', areaIds: buildings });
      const stop =
        perSecond === undefined ? undefined : await startLoad({ port: platform.mqttPort, publishers, perSecond });
      const result = await measurePhase(platform, stream, logins, (seconds * 1000) / count);
      const load = await stop?.();
      if (load) result.loadPerSecond = load.acked / load.seconds;
      rows[name].push(result);
      const { ping, puback, screen } = result;
      say(
        `round ${round}: ${name}: p99 ping ${ping.p99.toFixed(1)}, PUBACK ${puback.p99.toFixed(1)}, screen ${screen.p99.toFixed(1)} ms`,
      );
    }
  }
  await stream.close();
  await platform.stop();
  const sharesLane = noise[0].domain === 'fire';
  return {
    alarmsPerRound: alarmsPerPhase,
    alarmsPerSecond: alarmsPerPhase / seconds,
    sharesLane,
    rows: Object.entries(rows).map(([name, list]) => summary(name, list)),
  };
}

async function measurePhase(platform, stream, logins, everyMs) {
  const times = { ping: [], puback: [], screen: [] };
  for (const login of logins) {
    const probe = await Probe.connect(platform.mqttPort, login);
    try {
      await sleep(everyMs / 2 + (Math.random() * everyMs) / 2);
      times.ping.push(await probe.ping());
      const arrival = stream.raised(login.id, ruleId);
      const event = { id: 'bench-1', ts: Date.now(), type: 'smoke.alarm' };
      const sentAt = performance.now();
      const [puback, arrivedAt] = await Promise.all([probe.publish('event', event), arrival]);
      times.puback.push(puback);
      times.screen.push(arrivedAt - sentAt);
    } finally {
      probe.close();
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, percentiles(list)]));
}

function summary(name, rounds) {
  const of = (what) =>
    Object.fromEntries(['p50', 'p99', 'max'].map((key) => [key, spread(rounds.map((round) => round[what][key]))]));
  const load = spread(rounds.map((round) => round.loadPerSecond ?? NaN));
  return { name, rounds, load, ping: of('ping'), puback: of('puback'), screen: of('screen') };
}
