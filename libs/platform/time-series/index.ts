export * from './time-series.js';
export * from './time-series-life.js';
export { BufferedTimeSeries, type BufferedOptions, type BufferState } from './buffered-time-series.js';
export type { DuckDbOptions } from './duckdb-session.js';
export { DuckDbTimeSeries } from './duckdb-time-series.js';
export type { InfluxOptions } from './influx-options.js';
export { InfluxTimeSeries } from './influx-time-series.js';
export { influxOptions, timeSeriesOptions } from './options-from-settings.js';
export { TimeSeriesModule, type TimeSeriesModuleOptions } from './time-series.module.js';
