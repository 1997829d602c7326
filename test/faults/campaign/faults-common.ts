import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { waitUntil } from '../../support/wait.js';
import type { Fault, Scene } from './fault.js';
import { withChildren } from './postgres.js';

const hour = 3_600_000;
const hangLimitMs = 120_000;

/** A process is killed; a supervisor starts it again after a moment. Recovery counts from the kill. */
export const killed = (
  kind: string,
  weight: number,
  kill: () => Promise<unknown>,
  restart: () => Promise<unknown>,
  more: Partial<Fault> = {},
): Fault => ({
  kind,
  weight,
  ...more,
  strike: async ({ random }) => {
    const at = Date.now();
    await kill();
    await wait(random.between(0, 1500));
    await restart();
    return at;
  },
});

/** A dependency stops answering and keeps its connections. Recovery counts from the moment it goes on. */
export const frozen = (
  kind: string,
  weight: number,
  freeze: () => Promise<unknown>,
  thaw: () => Promise<unknown>,
): Fault => ({
  kind,
  weight,
  strike: async ({ random }) => {
    await freeze();
    await wait(random.between(2000, 7000));
    await thaw();
    return Date.now();
  },
});

export const signalTree = (pid: number, signal: NodeJS.Signals): void => {
  for (const one of withChildren(pid)) process.kill(one, signal);
};

/** What the devices and the net do; the same wherever the broker is. */
export const faultsOfDevices: readonly Fault[] = [
  {
    kind: 'connections cut inside a packet',
    weight: 2,
    strike: async ({ publishers, random }) => {
      for (let cuts = random.between(2, 5); cuts > 0; cuts -= 1) {
        publishers.cut(random.between(1, 3));
        await wait(random.between(100, 800));
      }
      return Date.now();
    },
  },
  {
    kind: 'clocks of devices jump',
    weight: 1,
    strike: async ({ publishers, random }: Scene) => {
      publishers.jump(2, -3 * hour);
      await wait(random.between(300, 1500));
      publishers.jump(2, 3 * hour + 10_000);
      await wait(random.between(300, 1500));
      return Date.now();
    },
  },
  { kind: 'everything twice and out of order', weight: 2, twice: true, strike: async () => Date.now() },
];

const library = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path));

/** Why the clock of our processes cannot be moved here, if so. */
export const clockIsFixed = library ? undefined : 'libfaketime is not installed';

/** The clock of our processes, not of PostgreSQL nor of the machine, as libfaketime moves it; timers go on as they are. */
export class MovableClock {
  constructor(private readonly file: string) {
    this.set(0);
  }

  get environment(): Record<string, string> {
    return {
      LD_PRELOAD: library ?? '',
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_CACHE_DURATION: '1',
    };
  }

  set(seconds: number): void {
    writeFileSync(this.file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }
}

/** An hour ahead, four minutes back (five are refused: there a device would be ahead), and right again. */
export const clockJumps = (weight: number, clock: MovableClock, startWith: () => Promise<void>): Fault => ({
  kind: 'clock of the server jumps',
  weight,
  prepare: async () => {
    clock.set(0);
    await startWith();
  },
  strike: async ({ random }) => {
    for (const seconds of random.shuffled([3600, -240])) {
      clock.set(seconds);
      await wait(random.between(2000, 4000));
    }
    clock.set(0);
    const at = Date.now();
    // Its file is looked at once a second.
    await wait(1100);
    return at;
  },
});

export const eventually = (what: () => Promise<boolean>): Promise<void> =>
  waitUntil(() => what().catch(() => false), hangLimitMs);
