import { InMemoryTimeSeries } from './in-memory-time-series.js';
import { timeSeriesLifeConformance } from './time-series-life.conformance.js';
import { timeSeriesConformance } from './time-series.conformance.js';

const create = async () => {
  const store = new InMemoryTimeSeries();
  return { store, dispose: async () => store.close() };
};
timeSeriesConformance('InMemoryTimeSeries', create);
timeSeriesLifeConformance('InMemoryTimeSeries', create);
