import { Program } from './processes.mjs';
import { cpuSeconds } from './measure.mjs';

/** Of a fire detector: default rules look at all three. */
const fireNames = ['temperature', 'smoke', 'co'];
/** Of a device outside the life-safety lane. */
const otherNames = ['temperature', 'fillPercent', 'battery'];

export const loadShape = { publishers: 50, payloadBytes: 200, values: 3, window: 300, qos: 1 };
const plain = { duplicates: 0, disorder: 0 };

/** What a publisher process needs to know of registered devices; their `lastTs` goes from run to run. */
export const publishersOf = (logins) =>
  logins.map((login) => ({ login, topic: `sc/${login.domain}/${login.id}/telemetry`, lastTs: 0 }));

/**
 * Publishes as fast as the windows allow for `seconds` after a warm-up, and notes the CPU time of `watched` meanwhile.
 * @param watched pids by name
 * @param maxAhead with a `subscriber`: messages sent that it has not got yet
 * @returns the publisher's report with `cpu`, seconds by name of `watched`
 */
export async function runLoad({ port, publishers, mode = plain, settings, watched = {}, maxAhead = 0, subscriber }) {
  const program = new Program('publisher');
  try {
    subscriber?.onMessage('received', ({ count }) => program.send({ kind: 'received', count }));
    const limitMs = (settings.warmUpSeconds + settings.seconds + 60) * 1000;
    const look = () => Object.fromEntries(Object.entries(watched).map(([name, pid]) => [name, cpuSeconds(pid)]));
    const { warmUpSeconds, seconds } = settings;
    const { window } = loadShape;
    const load = { window, warmUpSeconds, seconds, perSecond: 0, maxAhead, names: namesOf(publishers) };
    program.send({ kind: 'run', port, publishers, mode, ...load });
    await program.next('measuring', limitMs);
    const before = look();
    await program.next('measured', limitMs);
    const after = look();
    const report = await program.next('done', limitMs);
    keepTime(publishers, report);
    return {
      ...report,
      cpu: Object.fromEntries(Object.keys(watched).map((name) => [name, after[name] - before[name]])),
    };
  } finally {
    await program.stop();
  }
}

/** A load that goes on beside something else. @returns `stop()`, which answers the publisher's report */
export async function startLoad({ port, publishers, perSecond }) {
  const program = new Program('publisher');
  const load = { window: loadShape.window, warmUpSeconds: 2, seconds: 0, perSecond, maxAhead: 0 };
  program.send({ kind: 'run', port, publishers, mode: plain, names: namesOf(publishers), ...load });
  await program.next('measuring', 60_000);
  return async () => {
    const done = program.next('done', 60_000);
    program.send({ kind: 'stop' });
    const report = await done;
    keepTime(publishers, report);
    await program.stop();
    return report;
  };
}

const namesOf = ([{ login }]) => (login.domain === 'fire' ? fireNames : otherNames);

function keepTime(publishers, { lastTs }) {
  publishers.forEach((publisher, i) => (publisher.lastTs = lastTs[i]));
}
