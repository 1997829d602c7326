import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDbTimeSeries } from '@sc/platform/time-series';
import { timeSeriesConformance } from '../../libs/platform/time-series/time-series.conformance.js';

timeSeriesConformance('DuckDbTimeSeries', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'time-series-'));
  let store = new DuckDbTimeSeries({ directory });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = new DuckDbTimeSeries({ directory });
      return store;
    },
    dispose: async () => {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
});
