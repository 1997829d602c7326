// All publishers of a load in one process. One `run` message in; `measuring`, `measured` and `done` out.
import { setTimeout as sleep } from 'node:timers/promises';
import { percentiles } from '../measure.mjs';
import { openSocket } from '../mqtt-connection.mjs';
import { PublisherClient } from './publisher-client.mjs';
import { TelemetryStream } from './telemetry-stream.mjs';

const drainLimitMs = 45_000;
const paceEveryMs = 5;

process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message.kind === 'received') received = message.count;
  else if (message.kind === 'run')
    run(message).catch((error) => {
      process.send({ kind: 'failed', error: error.stack });
    });
  else if (message.kind === 'stop') stopRequested();
});

/** What the subscriber of a baseline has got so far. */
let received = 0;
let stopRequested = () => undefined;

/**
 * @param options `publishers` [{login, topic, lastTs}], `window` per publisher, `warmUpSeconds`, `seconds` (0: until `stop`),
 *   `perSecond` (0: as fast as the window allows), `maxAhead` (0: off): messages beyond what the subscriber has got
 */
async function run({ port, publishers, mode, names, window, warmUpSeconds, seconds, perSecond, maxAhead }) {
  let sending = true;
  const sent = () => clients.reduce((sum, { stream }) => sum + stream.sent, 0);
  const clients = [];
  let total = 0;
  for (const { login, topic, lastTs } of publishers) {
    const client = new PublisherClient(
      await openSocket(port, login),
      new TelemetryStream({ topic, lastTs, names }, mode),
      {
        window,
        mayAhead: () => (sending ? (maxAhead ? maxAhead - (total - received) : Infinity) : 0),
        onEnd: () => sending && process.send({ kind: 'failed', error: `${login.id} was disconnected` }),
      },
    );
    clients.push(client);
    if (!perSecond) client.onAcknowledged = () => (total += client.send());
  }
  const sendAll = () => {
    for (const client of clients) total += client.send();
  };
  const pacing = perSecond ? pace(clients, perSecond, () => sending) : maxAhead && setInterval(sendAll, paceEveryMs);
  if (!perSecond) sendAll();

  const acked = () => clients.reduce((sum, client) => sum + client.acked, 0);
  const look = () => ({ acked: acked(), received, at: performance.now(), cpu: process.cpuUsage() });
  await sleep(warmUpSeconds * 1000);
  const from = look();
  for (const client of clients) client.samples = [];
  process.send({ kind: 'measuring' });
  if (seconds) await sleep(seconds * 1000);
  else await new Promise((resolve) => (stopRequested = resolve));
  const to = look();
  const samples = clients.flatMap((client) => client.samples);
  process.send({ kind: 'measured' });

  sending = false;
  clearInterval(pacing);
  const drainEnd = performance.now() + drainLimitMs;
  const outstanding = () => clients.reduce((sum, client) => sum + client.inFlight, 0);
  while (outstanding() > 0 && performance.now() < drainEnd) await sleep(20);
  const cpu = to.cpu.user + to.cpu.system - from.cpu.user - from.cpu.system;
  process.send({
    kind: 'done',
    seconds: (to.at - from.at) / 1000,
    acked: to.acked - from.acked,
    received: to.received - from.received,
    cpuSeconds: cpu / 1e6,
    pubackMs: samples.length > 0 ? percentiles(samples) : undefined,
    // Of the whole run, warm-up included:
    sentAltogether: sent(),
    repeatedAltogether: clients.reduce((sum, { stream }) => sum + stream.repeated, 0),
    unacknowledged: outstanding(),
    misordered: clients.reduce((sum, client) => sum + client.misordered, 0),
    lastTs: clients.map(({ stream }) => stream.lastTs),
  });
  for (const { socket } of clients) socket.destroy();
}

/** An even rate, in turn over all publishers. */
function pace(clients, perSecond, isSending) {
  const start = performance.now();
  let done = 0;
  let turn = 0;
  return setInterval(() => {
    const due = Math.floor(((performance.now() - start) / 1000) * perSecond);
    // What could not be sent in its time is not made up for: the rate is the load, not a debt.
    for (; isSending() && done < due; done += 1) clients[turn++ % clients.length].send(1);
  }, paceEveryMs);
}
