import type { Service } from '../../support/services/index.js';
import { waitUntil } from '../../support/wait.js';
import { type Fault, pastPerSecond, pastSeconds } from './fault.js';

const hangLimitMs = 900_000;

/** The store is away for ten minutes of 1,000 messages a second, which are sent as fast as they are taken. */
export const withoutStore = ({ kill, restart }: Service): Fault => ({
  kind: 'InfluxDB away for ten minutes at 1,000/s',
  weight: 1,
  past: true,
  strike: async ({ publishers, scale }) => {
    await kill();
    const all = pastSeconds * pastPerSecond * scale;
    await waitUntil(() => publishers.progress.acknowledged >= all, hangLimitMs);
    await restart();
    return Date.now();
  },
});
