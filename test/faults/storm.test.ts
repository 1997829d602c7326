import { writeSync } from 'node:fs';
import { isAbsent, provide } from '../support/services/index.js';
import { runStorm, type StormResult } from './storm/storm.js';
import { publishStorms } from './storm/storm-report.js';

const isLong = process.env['FAULTS'] === 'long';
const seed = Number(process.env['FAULTS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const size = isLong ? { incidents: 5000, kills: 30, dispatchers: 3 } : { incidents: 200, kills: 4, dispatchers: 2 };
const limitMs = isLong ? 3_600_000 : 600_000;

const redis = await provide('redis', { control: true });
const all = [
  { queue: 'PostgreSQL' as const, url: undefined },
  ...(isAbsent(redis) ? [] : [{ queue: 'Redis' as const, url: redis.url }]),
];
/** The short form takes one of the queues, by chance. */
const queues = isLong ? all : [all[seed % all.length]!];
const title = `a storm of ${size.incidents} incidents, dispatch killed at random (FAULTS_SEED=${seed})`;

describe(title, () => {
  const results: StormResult[] = [];

  afterAll(async () => {
    if (results.length > 0) writeSync(2, `${publishStorms(results, isLong && results.length === 2)}\n`);
    if (!isAbsent(redis)) await redis.stop();
  });

  for (const { queue, url } of queues)
    it(
      `queue in ${queue}: every case reaches its one right state`,
      async () => {
        const result = await runStorm({ queue, redisUrl: url, ...size, seed });
        results.push(result);
        expect(result).toMatchObject({
          ...{ orders: size.incidents, doubled: 0, missing: 0, stuck: 0 },
          ...{ toldTwice: 0, toldNever: 0, problems: [], ended: [] },
        });
      },
      limitMs,
    );
  if (isAbsent(redis)) it.skip(`queue in Redis (skipped: ${redis.absent})`, () => undefined);
});
