import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from './measure.mjs';
import { Program } from './processes.mjs';

/** Of a fire detector: default rules look at all three. */
const fireNames = ['temperature', 'smoke', 'co'];
/** Of a bin, outside the life-safety lane; well within what is normal, so that load is load and no alarm. */
const otherNames = ['temperature', 'fillPercent', 'tilt'];

export const loadShape = { publishers: 50, payloadBytes: 200, values: 3, window: 300, qos: 1 };
/** As many as the publishers may have on the way to a server that acknowledges what it has done. */
export const mostAhead = loadShape.publishers * loadShape.window;
export const warmUpSeconds = 3;
const plain = { duplicates: 0, disorder: 0 };
const drainLimitMs = 60_000;

/** What a publisher process needs to know of registered devices; their `lastTs` goes from run to run. */
export const publishersOf = (logins) =>
  logins.map((login) => ({ login, topic: `sc/${login.domain}/${login.id}/telemetry`, lastTs: 0 }));

/**
 * Publishes for `seconds` after a warm-up: as fast as the windows allow, or `perSecond` messages.
 * @param options `watched`: pids, or functions that answer CPU seconds, by name; `look`: called at the beginning and at the end of
 *   the measured time; `maxAhead`: messages sent that a `subscriber` (which tells by `onMessage('received')`) has not got yet
 * @returns the publisher's report with `cpu`, seconds by name of `watched`, and `looks`, both answers of `look`
 */
export async function runLoad({ publishers, watched = {}, look = () => undefined, settings, ...options }) {
  const program = new Program('publisher');
  try {
    const limitMs = (settings.seconds + warmUpSeconds + drainLimitMs / 1000 + publishers.length / 50) * 1000;
    const cpu = () =>
      Object.fromEntries(
        Object.entries(watched).map(([name, of]) => [name, typeof of === 'function' ? of() : cpuSeconds(of)]),
      );
    await begin(program, publishers, { ...options, warmUpSeconds, seconds: settings.seconds });
    await program.next('measuring', limitMs);
    const measured = program.next('measured', limitMs);
    // The answer may come while `look` is under way.
    const done = measured.then(() => program.next('done', limitMs));
    const [before, firstLook] = [cpu(), await look()];
    await measured;
    const [after, lastLook] = [cpu(), await look()];
    const report = await done;
    keepTime(publishers, report);
    return {
      ...report,
      cpu: Object.fromEntries(Object.keys(watched).map((name) => [name, after[name] - before[name]])),
      looks: [firstLook, lastLook],
    };
  } finally {
    await program.stop();
  }
}

/** A load that goes on beside something else. @returns `stop()`, which answers the publisher's report */
export async function startLoad({ publishers, ...options }) {
  const program = new Program('publisher');
  await begin(program, publishers, { ...options, warmUpSeconds: 2, seconds: 0 });
  await program.next('measuring', 60_000 + publishers.length * 20);
  return async () => {
    const done = program.next('done', drainLimitMs);
    program.send({ kind: 'stop' });
    const report = await done;
    keepTime(publishers, report);
    await program.stop();
    return report;
  };
}

/** @throws Error when something was not acknowledged, or not in the order in which it was sent */
export function assertAcknowledged(report) {
  const { unacknowledged, misordered } = report;
  if (unacknowledged > 0 || misordered > 0)
    throw new Error(`${unacknowledged} messages not acknowledged, ${misordered} PUBACKs out of order`);
  return report;
}

/**
 * Where a device sends more than a thousand messages a second their times run ahead of the clock, and what is five minutes ahead
 * the platform refuses: a load begins when the clock has come up to the one before.
 */
async function begin(program, publishers, { subscriber, mode = plain, perSecond = 0, maxAhead = 0, ...options }) {
  const aheadMs = Math.max(...publishers.map(({ lastTs }) => lastTs)) - Date.now();
  if (aheadMs > 0) await sleep(aheadMs);
  subscriber?.onMessage('received', ({ count }) => program.send({ kind: 'received', count }));
  const names = publishers[0].login.domain === 'fire' ? fireNames : otherNames;
  program.send({ kind: 'run', publishers, names, mode, perSecond, maxAhead, window: loadShape.window, ...options });
}

function keepTime(publishers, { lastTs }) {
  publishers.forEach((publisher, i) => (publisher.lastTs = lastTs[i]));
}
