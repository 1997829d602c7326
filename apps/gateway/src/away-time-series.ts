import { type TimeSeries, TimeSeriesUnavailableError } from '@sc/platform/time-series';

const away = () => Promise.reject(new TimeSeriesUnavailableError('this process has no time-series store'));

/** For a gateway without a store of readings of its own: what needs them answers `unavailable`. */
export const awayTimeSeries: TimeSeries = {
  append: away,
  read: away,
  aggregate: away,
  last: away,
  scan: async function* () {
    await away();
  },
  close: () => Promise.resolve(),
};
