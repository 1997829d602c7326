import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, PlatformProcess } from '../../support/platform-process.js';
import type { Fault } from './fault.js';
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
import { ask, postgresUrl, postmasterPid } from './postgres.js';
import { countThroughPlatform, DuckDbStore } from './stores.js';
import type { Target } from './target.js';

/** Everything in one process, with embedded stores. */
export async function allInOne(): Promise<Target> {
  const platform = await PlatformProcess.create();
  await platform.start();
  return targetOf('all in one', platform, faultsOf(platform));
}

export function targetOf(name: string, platform: PlatformProcess, faults: readonly Fault[]): Target {
  return {
    name,
    platform,
    faults,
    ownBroker: true,
    databaseUrl: () => postgresUrl(platform.dataDir),
    isReady: async () => (await fetch(`${platform.httpUrl}/readyz`)).status === 200,
    count: async (spans, metricOf) => countThroughPlatform(await platform.login('operator1'), spans, metricOf),
    openStore: async () => {
      await platform.stop();
      return DuckDbStore.open(join(platform.dataDir, 'time-series', 'readings.duckdb'));
    },
    keepRunning: async () => {
      if (platform.running) return [];
      const said = platform.output.slice(-600);
      await platform.start();
      return [said];
    },
    log: async () => `${platform.output.slice(-3000)}\n${await platform.log()}`,
    dispose: () => platform.dispose(),
  };
}

function faultsOf(platform: PlatformProcess): Fault[] {
  const { dataDir } = platform;
  const clock = new MovableClock(join(tmpdir(), `smart-community-clock-${platform.httpPort}`));
  const postmaster = async () => {
    const pid = await postmasterPid(dataDir);
    if (!(pid > 1)) throw new Error('PostgreSQL does not run');
    return pid;
  };
  let struck = 0;
  return [
    killed(
      'kill -9 of the platform',
      8,
      () => platform.kill(),
      () => platform.start(),
    ),
    killed(
      'kill -9 of PostgreSQL',
      4,
      async () => process.kill((struck = await postmaster()), 'SIGKILL'),
      // The platform itself starts it again.
      () =>
        eventually(async () => {
          const now = await postmasterPid(dataDir);
          if (now === struck || !isAlive(now)) return false;
          return (await ask(await postgresUrl(dataDir), 'select 1')).length === 1;
        }),
    ),
    frozen(
      'PostgreSQL frozen',
      2,
      async () => signalTree((struck = await postmaster()), 'SIGSTOP'),
      async () => signalTree(struck, 'SIGCONT'),
    ),
    ...faultsOfDevices,
    ...(clockIsFixed
      ? []
      : [
          clockJumps(2, clock, async () => {
            await platform.stop();
            await platform.start(undefined, clock.environment);
          }),
        ]),
  ];
}
