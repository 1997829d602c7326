import { type History, type HistoryQuery, mostHistoryReadings } from '@sc/contracts';
import type { TimeSeries } from '@sc/platform/time-series';

/** Of one series, ms since the epoch. */
type Asked = Omit<HistoryQuery, 'from' | 'to'> & { from: number; to: number };

/**
 * The readings of a series, or its windows. Mean, least and greatest of a window come from the same roll-ups, so a peak that
 * lasted a second is in the greatest however wide the window is.
 */
export async function historyOf(series: TimeSeries, { deviceId, metric, from, to, windowMs }: Asked): Promise<History> {
  const asked = { deviceIds: [deviceId], metric, from, to };
  if (windowMs === undefined) {
    const points = await series.read({ ...asked, limit: mostHistoryReadings + 1 });
    return {
      windows: [],
      readings: points.slice(0, mostHistoryReadings).map(({ ts, value }) => [ts, value]),
      truncated: points.length > mostHistoryReadings,
    };
  }
  const [mean, least, greatest] = await Promise.all(
    (['avg', 'min', 'max'] as const).map((aggregate) => series.aggregate({ ...asked, windowMs, aggregate })),
  );
  const [lows, highs] = [least, greatest].map((points) => new Map(points?.map(({ ts, value }) => [ts, Number(value)])));
  // A reading may have come between two of the three answers: only what all three know is a window.
  const windows = (mean ?? []).flatMap(({ ts, value }): History['windows'] => {
    const [low, high] = [lows?.get(ts), highs?.get(ts)];
    return low === undefined || high === undefined ? [] : [[ts, Number(value), low, high]];
  });
  return { windows, readings: [], truncated: false };
}
