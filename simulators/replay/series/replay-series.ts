import type { Clock } from '@sc/platform/clock';
import { waitUntil, WaitedTooLongError, type PlatformClient } from '../../client/index.js';
import { shiftTime } from '../time-shift.js';
import { lookAt, ordersOf, type Seen } from './seen.js';
import { type Sent, sendEntries } from './send.js';
import { prepareSite, type ReplaySite } from './site.js';
import type { ReplayStory } from './story.js';
import { judge, type Verdict } from './verdict.js';

export interface SeriesOptions {
  /** Names the run in ids. */
  kind: string;
  /** Times faster than it happened, at least 1; Infinity = as fast as it is acknowledged. */
  speed: number;
  client: PlatformClient;
  mqttUrl: string;
  clock: Clock;
  print: (line: string) => void;
}

export interface SeriesResult extends Verdict {
  sent: Sent;
  seen: Seen;
}

/** Orders are made and closed by jobs, after the PUBACK: this long they may take before we call them stuck. */
const jobsLimitMs = 60_000;
/** So many seconds without a change, and they have come to rest. */
const quietLooks = 8;

/**
 * A file of readings as MQTT devices, through the platform's public doors, and what the platform made of it.
 * @throws Error when the platform refuses or does not acknowledge; a wrong outcome is a result, not an error
 */
export async function replaySeries(story: ReplayStory, options: SeriesOptions): Promise<SeriesResult> {
  const { kind, speed, client, mqttUrl, clock, print } = options;
  const times = story.devices.flatMap(({ entries }) => [entries[0]!.time, entries.at(-1)!.time]);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const site = await prepareSite(client, story.devices, `${kind}-${clock.now().toString(36)}`);
  const shift = shiftTime(first / 1000, last / 1000, clock.now(), speed);
  const days = ((last - first) / 86_400_000).toFixed(1);
  const pace =
    speed === Infinity ? 'as fast as acknowledged' : `in about ${Math.ceil((last - first) / 1000 / speed)} s`;
  print(`${story.title}: ${days} days ${pace}; ${story.expected.facts.join('; ')}`);

  const startedAt = performance.now();
  const all = await Promise.all(
    [...site.logins].map(([device, login]) => sendEntries(login, device.entries, shift, mqttUrl, startedAt)),
  );
  const sent = all.reduce((a, b) => ({
    messages: a.messages + b.messages,
    acknowledged: a.acknowledged + b.acknowledged,
    readings: a.readings + b.readings,
    events: a.events + b.events,
  }));
  print(`  acknowledged after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);

  await ordersSettled(client, site, story.expected.closedBySensor);
  const seen = await lookAt(client, site, shift.tsOf(first / 1000), shift.tsOf(last / 1000) + 1);
  await site.strike();
  const verdict = judge(story, sent, seen);
  for (const line of verdict.lines) print(line);
  return { ...verdict, sent, seen };
}

/** Until as many orders are closed as expected, or nothing has moved for a while. */
async function ordersSettled(client: PlatformClient, site: ReplaySite, closed = Infinity): Promise<void> {
  let before = '';
  let same = 0;
  await waitUntil(
    'orders come to rest',
    async () => {
      const orders = await ordersOf(client, site);
      same = JSON.stringify(orders) === before ? same + 1 : 0;
      before = JSON.stringify(orders);
      return orders.closed >= closed || same >= quietLooks;
    },
    { limitMs: jobsLimitMs, everyMs: 1000 },
  ).catch((error: unknown) => {
    // What is not so by then is a difference, and told as one.
    if (!(error instanceof WaitedTooLongError)) throw error;
  });
}
