import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@sc/platform/embedded-postgres';
import { createLogger } from '@sc/platform/logging';
import { SplitPlatform } from '../../support/split-platform.js';
import type { Service } from '../../support/services/index.js';
import type { Fault } from './fault.js';
import { withoutStore } from './fault-past.js';
import {
  clockIsFixed,
  clockJumps,
  eventually,
  faultsOfDevices,
  frozen,
  killed,
  MovableClock,
  signalTree,
} from './faults-common.js';
import { ask } from './postgres.js';
import { InfluxStore } from './stores.js';
import type { Target } from './target.js';

type Postgres = Awaited<ReturnType<typeof startEmbeddedPostgres>>;

/** Several processes on Mosquitto, PostgreSQL, Redis and InfluxDB, all of its own. */
export async function split(): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'smart-community-faults-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder, logger: createLogger('fatal') });
  const drop = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const platform = await SplitPlatform.create({ url: postgres.url, drop });
  await platform.start();
  const influx = () => new InfluxStore(platform.influx);
  return {
    name: 'several processes',
    platform,
    faults: faultsOf(platform, postgres, join(folder, 'clock')),
    ownBroker: false,
    databaseUrl: async () => postgres.url,
    isReady: () => platform.isReady(),
    count: (spans, metricOf) => influx().count(spans, metricOf),
    openStore: async () => influx(),
    keepRunning: () => platform.keepRunning(),
    log: async () => platform.outputs(),
    dispose: () => platform.dispose(),
  };
}

function faultsOf(platform: SplitPlatform, postgres: Postgres, clockFile: string): Fault[] {
  const { redis, influxdb } = platform.servers;
  const clock = new MovableClock(clockFile);
  const ours = (name: 'sensing' | 'dispatch-1' | 'gateway', weight: number) =>
    killed(
      `kill -9 of ${name.replace(/-\d/, '')}`,
      weight,
      () => platform.killProgram(name),
      () => platform.startProgram(name),
    );
  const server = (name: string, { kill, restart }: Service) => killed(`kill -9 of ${name}`, 2, kill, restart);
  const freezes = (name: string, weight: number, { freeze, thaw }: Service) =>
    frozen(`${name} frozen`, weight, freeze, thaw);
  let struck = 0;
  return [
    ours('sensing', 5),
    ours('dispatch-1', 3),
    ours('gateway', 2),
    killed(
      'kill -9 of PostgreSQL',
      3,
      async () => process.kill((struck = postgres.pid), 'SIGKILL'),
      // Whoever runs it starts it again, which here is the code that runs the embedded one.
      () => eventually(async () => postgres.pid !== struck && (await ask(postgres.url, 'select 1')).length === 1),
    ),
    server('Redis', redis),
    server('InfluxDB', influxdb),
    killed(
      'kill -9 of Mosquitto',
      2,
      () => platform.broker.end('SIGKILL'),
      () => platform.startBroker(),
      { brokerForgets: true },
    ),
    frozen(
      'PostgreSQL frozen',
      2,
      async () => signalTree((struck = postgres.pid), 'SIGSTOP'),
      async () => signalTree(struck, 'SIGCONT'),
    ),
    freezes('Redis', 1, redis),
    freezes('InfluxDB', 2, influxdb),
    frozen(
      'Mosquitto frozen',
      1,
      async () => platform.broker.signal('SIGSTOP'),
      async () => platform.broker.signal('SIGCONT'),
    ),
    withoutStore(influxdb),
    ...faultsOfDevices,
    ...(clockIsFixed
      ? []
      : [
          clockJumps(1, clock, async () => {
            await platform.restartPrograms(clock.environment);
          }),
        ]),
  ];
}
