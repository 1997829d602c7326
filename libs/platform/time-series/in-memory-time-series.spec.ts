import { InMemoryTimeSeries } from './in-memory-time-series.js';
import { timeSeriesConformance } from './time-series.conformance.js';

timeSeriesConformance('InMemoryTimeSeries', async () => {
  const store = new InMemoryTimeSeries();
  return { store, dispose: () => store.close() };
});
