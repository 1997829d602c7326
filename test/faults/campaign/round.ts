import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { checkAlarms, checkReadings, checkWork, countOrders, madeAlarms } from './checks.js';
import { loadPublishers } from './community.js';
import { type Fault, pastPerSecond, pastSeconds } from './fault.js';
import type { Ledger } from './ledger.js';
import { poll } from './poll.js';
import { type LoadDevice, Publishers } from './publishers.js';
import type { Random } from './random.js';
import { readRecord, spansOf } from './record.js';
import { type ExpectedAlarm, expectedOf, type StoryDevice } from './story.js';
import type { Target } from './target.js';

/** Generous on purpose: it judges "never", not "slowly". */
const recoveryLimitMs = 600_000;
/** Ten minutes of readings have to be written after their store is back. */
const pastLimitMs = 600_000;
/** What a broker has lost never comes; so long after the last change nothing more is waited for. */
const lossyLimitMs = 15_000;
const windowMessages = 300;
/** Of each device; then it goes on ten times a second. Far more than the fault needs to come at full rate. */
const fullRateMessages = 1500;

export interface RoundResult {
  deployment: string;
  fault: string;
  acknowledged: number;
  missing: number;
  doubled: number;
  /** Readings that a broker elsewhere had acknowledged and lost. */
  lostByBroker: number;
  alarms: number;
  orders: number;
  recoveryMs: number;
  /** The latest time of a reading, exclusive: the next round begins after it. */
  lastTs: number;
  messagesPerSecond: number;
  /** Last words of processes that ended by themselves and were started again. */
  ended: string[];
  problems: string[];
}

export interface RoundOptions {
  target: Target;
  fault: Fault;
  random: Random;
  ledger: Ledger;
  load: readonly LoadDevice[];
  devices: readonly StoryDevice[];
  round: number;
  scale: number;
  /** Times of the readings begin here. */
  from: number;
  recordPath: string;
}

/** Load and story under one fault, then everything that has to hold. */
export async function runRound(options: RoundOptions): Promise<RoundResult> {
  const { target, fault, random, ledger, round, recordPath } = options;
  await fault.prepare?.();
  const load = devicesOf(options);
  const begin = Date.now();
  const publishers = await Publishers.start({
    port: Number(new URL(target.platform.mqttUrl).port),
    load,
    story: options.devices.map(({ login, topic, part }) => ({
      login,
      topic,
      messages: part.messages(begin, random),
    })),
    window: windowMessages,
    timeline: fault.past ? pastOf(options.scale) : { from: options.from, atFullRate: fullRateMessages },
    twice: fault.twice ?? false,
    recordPath,
  });
  try {
    const startedAt = Date.now();
    if (!fault.past) await wait(random.between(200, 2500));
    const since = await fault.strike({ publishers, random, scale: options.scale });
    const ended: string[] = [];
    const recoveryMs = (await recovered(target, publishers, fault, ended)) - since;
    await poll(async () => publishers.progress.storyIsOver, Boolean, recoveryLimitMs);
    await wait(random.between(200, 1000));
    const seconds = (Date.now() - startedAt) / 1000;
    const report = await publishers.stop(recoveryLimitMs);
    const record = await readRecord(
      recordPath,
      load.map(({ login }) => login.id),
    );
    const spans = spansOf(record);
    const limitMs = fault.brokerForgets ? lossyLimitMs : fault.past ? pastLimitMs : recoveryLimitMs;
    const readings = await checkReadings(target, ledger, spans, limitMs);
    if (fault.brokerForgets) ledger.excuse(spans);
    else ledger.add(record);
    const expected = expectedOf(options.devices, round);
    ledger.alarms.push(...(fault.brokerForgets ? await madeAlarms(target, options.devices, expected) : expected));
    const problems = [
      ...(report.strangeAcks > 0 ? [`${report.strangeAcks} PUBACKs for nothing`] : []),
      ...(await poll(() => checkAlarms(target, ledger.alarms), isEmpty, recoveryLimitMs)),
      ...(await poll(() => checkWork(target), isEmpty, recoveryLimitMs)),
    ];
    const orders = await countOrders(target);
    const incidents = incidentsOf(ledger.alarms);
    if (orders !== incidents) problems.push(`${orders} orders for ${incidents} incidents`);
    const ofRound = ledger.alarms.filter(({ incident }) => incident.startsWith(`${round}:`));
    return {
      deployment: target.name,
      fault: fault.kind,
      ...readings,
      missing: fault.brokerForgets ? 0 : readings.missing,
      lostByBroker: fault.brokerForgets ? readings.missing : 0,
      alarms: ofRound.length,
      orders: incidentsOf(ofRound),
      recoveryMs,
      lastTs: Math.max(...spans.map(({ to }) => to)),
      messagesPerSecond: Math.round(readings.acknowledged / seconds),
      ended,
      problems,
    };
  } finally {
    await publishers.end();
    await rm(recordPath, { force: true });
  }
}

const incidentsOf = (alarms: readonly ExpectedAlarm[]): number => new Set(alarms.map(({ incident }) => incident)).size;

const isEmpty = (problems: readonly string[]): boolean => problems.length === 0;

/** When everything takes work again and new messages are acknowledged. */
async function recovered(target: Target, publishers: Publishers, fault: Fault, ended: string[]): Promise<number> {
  const before = publishers.progress.acknowledged;
  const isBack = async () => {
    ended.push(...(await target.keepRunning()));
    return (await target.isReady()) && (fault.past || publishers.progress.acknowledged > before);
  };
  if (await poll(isBack, Boolean, recoveryLimitMs)) return Date.now();
  throw new Error(`not recovered within ${recoveryLimitMs} ms: ${JSON.stringify(publishers.progress)}`);
}

/** Two connections of one device both say everything, where the broker lets them. */
function devicesOf({ target, fault, load }: RoundOptions): LoadDevice[] {
  if (fault.past) return load.slice(loadPublishers);
  const now = load.slice(0, loadPublishers);
  return fault.twice && target.ownBroker ? now.map((device) => ({ ...device, suffixes: [':a', ':b'] })) : now;
}

const pastOf = (scale: number) => ({
  from: Date.now() - pastSeconds * 1000,
  stepMs: (loadPublishers * 1000) / pastPerSecond / scale,
  limit: (pastSeconds * pastPerSecond * scale) / loadPublishers,
});
