import { writeSync } from 'node:fs';
import { SplitPlatform } from '../support/split-platform.js';
import { allInOne } from './campaign/all-in-one.js';
import { type CampaignResult, scheduled } from './campaign/campaign.js';
import { runDeployment } from './campaign/deployment.js';
import type { Fault } from './campaign/fault.js';
import { clockIsFixed } from './campaign/faults-common.js';
import { publish } from './campaign/report.js';
import { onSmallDisk, smallDiskMissing } from './campaign/small-disk.js';
import { split } from './campaign/split.js';

const isLong = process.env['FAULTS'] === 'long';
const seed = Number(process.env['FAULTS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const only = process.env['FAULTS_ONLY'];
const limitMs = isLong ? 3_600_000 : 600_000;

/** Of the short form: those that matter most and no other suite has (a killed dispatch is the storm's), each in the first deployment that has it; of the ten minutes without InfluxDB every twentieth message. */
const short = new Set([
  'kill -9 of the platform',
  'kill -9 of PostgreSQL',
  'everything twice and out of order',
  'disk full',
  'clock of the server jumps',
  'kill -9 of sensing',
  'kill -9 of Redis',
  'InfluxDB away for ten minutes at 1,000/s',
]);
const shortScale = 0.05;

const deployments = [
  { title: 'all in one', missing: undefined, create: allInOne },
  { title: 'all in one on a small disk', missing: smallDiskMissing(), create: onSmallDisk },
  { title: 'in several processes', missing: SplitPlatform.missing(), create: split },
];

/** Not through Jest, which shows what tests say only after they have ended. */
const say = (line: string) => void writeSync(2, `${line}\n`);

describe(`faults at full rate and at random moments (FAULTS_SEED=${seed})`, () => {
  const results: CampaignResult[] = [];
  const startedAt = Date.now();

  afterAll(async () => {
    const minutes = (Date.now() - startedAt) / 60_000;
    if (results.length > 0) say(publish({ results, seed, minutes, isComplete: isLong && !only }));
  });

  for (const { title, missing, create } of deployments) {
    const name = `${title}: everything acknowledged once, exactly the expected alarms and orders, nobody has to help`;
    (missing ? it.skip : it)(
      missing ? `${name} (skipped: ${missing})` : name,
      async () => {
        const found: CampaignResult[] = [];
        const done = (result: CampaignResult) => void [found, results].forEach((list) => list.push(result));
        await runDeployment({ create, choose, seed, scale: isLong ? 1 : shortScale, say, done });
        for (const { rounds, store } of found) {
          for (const { fault, problems, missing, doubled } of rounds)
            expect({ fault, problems, missing, doubled }).toEqual({ fault, problems: [], missing: 0, doubled: 0 });
          expect(store).toMatchObject({ missing: 0, doubled: 0, foreign: 0 });
        }
      },
      limitMs,
    );
  }
});

if (clockIsFixed) it.skip(`the clock of the server jumps (skipped: ${clockIsFixed})`, () => undefined);

function choose(faults: readonly Fault[]): Fault[] {
  if (only)
    return scheduled(
      faults.filter(({ kind }) => kind.includes(only)),
      seed,
    );
  if (isLong) return scheduled(faults, seed);
  const few = faults.filter(({ kind }) => short.delete(kind));
  return scheduled(
    few.map((fault) => ({ ...fault, weight: 1 })),
    seed,
  );
}
