import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkStore } from './checks.js';
import { registerLoad, registerStory } from './community.js';
import type { Fault } from './fault.js';
import { Ledger, type ReadingsFound } from './ledger.js';
import { ask } from './postgres.js';
import { Random } from './random.js';
import { type RoundResult, runRound } from './round.js';
import { doorMs, type StoryDevice } from './story.js';
import type { Target } from './target.js';

export interface CampaignResult {
  deployment: string;
  rounds: RoundResult[];
  /** Of all rounds together, time by time, from the store without the platform. Not of rounds whose broker forgets. */
  store: ReadingsFound & { foreign: number };
}

interface CampaignOptions {
  target: Target;
  /** In this order. */
  faults: readonly Fault[];
  seed: number;
  scale: number;
  say(line: string): void;
}

/** One fault after the other on one running platform, which is never repaired by hand. */
export async function runCampaign({ target, faults, seed, scale, say }: CampaignOptions): Promise<CampaignResult> {
  const random = new Random(seed);
  const folder = await mkdtemp(join(tmpdir(), 'smart-community-record-'));
  try {
    const admin = await target.platform.login('admin');
    const demo = await target.platform.demo();
    const load = await registerLoad(admin, demo);
    const stories: StoryDevice[][] = [];
    for (const round of faults.keys()) stories.push(await registerStory(admin, demo, round));
    await shortenDoorRule(target);
    const ledger = new Ledger(load);
    const rounds: RoundResult[] = [];
    let from = Date.now();
    for (const [round, fault] of faults.entries()) {
      from = Math.max(from, Date.now());
      const result = await runRound({
        ...{ target, fault, random, ledger, load, round, scale, from },
        devices: stories[round]!,
        recordPath: join(folder, String(round)),
      });
      from = result.lastTs;
      rounds.push(result);
      say(lineOf(round + 1, faults.length, result));
      // What is broken stays broken: the rounds after it would say the same.
      if (!isRoundWell(result)) break;
    }
    const store = await target.openStore();
    try {
      return { deployment: target.name, rounds, store: await checkStore(store, ledger) };
    } finally {
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function shortenDoorRule(target: Target): Promise<void> {
  const change = `update rules set definition = jsonb_set(definition, '{condition,forMs}', $1) where id = 'access-door-held-open'`;
  await ask(await target.databaseUrl(), change, [String(doorMs)]);
}

const isRoundWell = ({ problems, missing, doubled }: RoundResult): boolean =>
  problems.length === 0 && missing === 0 && doubled === 0;

export const isWell = ({ rounds, store }: CampaignResult): boolean =>
  rounds.every(isRoundWell) && store.missing === 0 && store.doubled === 0 && store.foreign === 0;

/** Every kind as often as its weight says, in an order of chance. */
export const scheduled = (faults: readonly Fault[], seed: number): Fault[] =>
  new Random(seed).shuffled(faults.flatMap((fault) => Array.from({ length: fault.weight }, () => fault)));

const lineOf = (round: number, of: number, result: RoundResult): string =>
  [
    `${result.deployment} ${round}/${of} ${result.fault}:`,
    `${result.acknowledged.toLocaleString('en-US')} acknowledged (${result.messagesPerSecond}/s),`,
    `${result.missing} missing, ${result.doubled} doubled, ${result.alarms} alarms, ${result.orders} orders,`,
    `back after ${result.recoveryMs} ms`,
    ...(result.lostByBroker > 0 ? [`(the broker lost ${result.lostByBroker} readings)`] : []),
    ...result.ended.map((said) => `\n  ended by itself: ${said}`),
    ...result.problems.map((problem) => `\n  ! ${problem}`),
  ].join(' ');
