// Some thousand quiet devices in one process, each with a connection of its own that it opens again when it is lost.
// `connect` and `report` in; `connected`, `lost`, `back` and `reported` out.
import { setTimeout as sleep } from 'node:timers/promises';
import { FleetDevice } from './fleet-device.mjs';

/** Soon, but not on the same millisecond; without a pause the tries in vain would take the processor from the server that starts. */
const pauseMs = () => 500 + Math.random() * 2000;
const drainLimitMs = 30_000;

const devices = [];
let refusals = 0;
let isAway = false;

process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  const work = { connect, report }[message.kind];
  work?.(message).catch((error) => process.send({ kind: 'failed', error: error.stack }));
});

/** @param options `address` the connections come from, `atOnce` connecting at the same time */
async function connect({ port, address, logins, names, atOnce }) {
  const start = performance.now();
  for (const login of logins) devices.push(new FleetDevice({ port, address, login, names, onEnd: comeBack }));
  const rest = devices.values();
  const one = async () => {
    for (const device of rest) while (!(await tryOnce(device))) await sleep(pauseMs());
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  process.send({ kind: 'connected', seconds: (performance.now() - start) / 1000, refusals });
}

async function tryOnce(device) {
  const isIn = await device.connect();
  if (!isIn) refusals += 1;
  return isIn;
}

async function comeBack(device) {
  if (!isAway) {
    isAway = true;
    refusals = 0;
    process.send({ kind: 'lost' });
  }
  do await sleep(pauseMs());
  while (!(await tryOnce(device)));
  if (!devices.every(({ isConnected }) => isConnected)) return;
  isAway = false;
  process.send({ kind: 'back', at: performance.timeOrigin + performance.now(), refusals });
}

/** Each device reports once in `everySeconds`, evenly spread, for `seconds`. */
async function report({ seconds, everySeconds }) {
  const turns = Math.max(1, Math.round((devices.length * seconds) / everySeconds));
  const [sentBefore, ackedBefore] = [total('sent'), total('acked')];
  const start = performance.now();
  for (let done = 0; done < turns; done += 1) {
    const wait = start + (done * seconds * 1000) / turns - performance.now();
    if (wait > 1) await sleep(wait);
    devices[done % devices.length].publish();
  }
  const drainEnd = performance.now() + drainLimitMs;
  while (total('sent') > total('acked') && performance.now() < drainEnd) await sleep(20);
  process.send({
    kind: 'reported',
    sentAltogether: total('sent') - sentBefore,
    repeatedAltogether: 0,
    unacknowledged: total('sent') - total('acked'),
    misordered: 0,
    acked: total('acked') - ackedBefore,
  });
}

const total = (key) => devices.reduce((sum, device) => sum + device[key], 0);
