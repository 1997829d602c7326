import type { Settings } from '@sc/platform/config';
import { join } from 'node:path';
import type { InfluxOptions } from './influx-options.js';
import type { TimeSeriesModuleOptions } from './time-series.module.js';

/** The InfluxDB of the settings; undefined where the embedded store is meant. */
export function influxOptions(settings: Settings): InfluxOptions | undefined {
  if (!settings.INFLUX_URL) return undefined;
  return {
    url: settings.INFLUX_URL,
    token: settings.INFLUX_TOKEN,
    org: settings.INFLUX_ORG,
    bucket: settings.INFLUX_BUCKET,
  };
}

/** Where readings live by the settings: `INFLUX_URL` decides. The buffer stays where it is when the store changes, and drains into the new one. */
export function timeSeriesOptions(settings: Settings): TimeSeriesModuleOptions {
  const directory = join(settings.DATA_DIR, 'time-series');
  const influx = influxOptions(settings);
  return influx ? { influx, bufferDirectory: join(directory, 'buffer') } : { directory };
}
