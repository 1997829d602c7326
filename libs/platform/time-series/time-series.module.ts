import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { join } from 'node:path';
import { BufferedTimeSeries, type BufferedOptions } from './buffered-time-series.js';
import type { DuckDbOptions } from './duckdb-session.js';
import { DuckDbTimeSeries } from './duckdb-time-series.js';
import type { InfluxOptions } from './influx-options.js';
import { InfluxTimeSeries } from './influx-time-series.js';
import { TIME_SERIES, type TimeSeries } from './time-series.js';

interface Buffered {
  /** Bounds and pauses of the buffer. */
  buffer?: Omit<BufferedOptions, 'directory'>;
}

/** The embedded store in `directory`, its buffer in `directory/buffer`. */
export interface EmbeddedStoreOptions extends DuckDbOptions, Buffered {}

/** An InfluxDB, and the folder of the readings that wait while it is away. */
export interface InfluxStoreOptions extends Buffered {
  influx: InfluxOptions;
  bufferDirectory: string;
}

/** See {@link timeSeriesOptions}, which makes them from the settings. */
export type TimeSeriesModuleOptions = EmbeddedStoreOptions | InfluxStoreOptions;

/**
 * Provides {@link TIME_SERIES} and, for health and metrics, {@link BufferedTimeSeries}: a store behind its buffer.
 * Closes in `onApplicationShutdown`, that is after everybody stopped appending in `beforeApplicationShutdown`.
 */
@Module({})
export class TimeSeriesModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(TIME_SERIES) private readonly series: TimeSeries) {}

  static forRoot(options: TimeSeriesModuleOptions): DynamicModule {
    return {
      module: TimeSeriesModule,
      global: true,
      providers: [
        {
          provide: BufferedTimeSeries,
          inject: [LOGGER],
          useFactory: (logger: Logger) => {
            const directory = 'influx' in options ? options.bufferDirectory : join(options.directory, 'buffer');
            return new BufferedTimeSeries(openStore(options, logger), { ...options.buffer, directory }, logger);
          },
        },
        { provide: TIME_SERIES, useExisting: BufferedTimeSeries },
      ],
      exports: [BufferedTimeSeries, TIME_SERIES],
    };
  }

  /** For a process that only asks, such as a gateway on its own: {@link TIME_SERIES} without a buffer. */
  static forReading(influx: InfluxOptions): DynamicModule {
    return {
      module: TimeSeriesModule,
      global: true,
      providers: [
        {
          provide: TIME_SERIES,
          inject: [LOGGER],
          useFactory: (logger: Logger) => new InfluxTimeSeries(influx, logger),
        },
      ],
      exports: [TIME_SERIES],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.series instanceof BufferedTimeSeries) await this.series.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.series.close();
  }
}

function openStore(options: TimeSeriesModuleOptions, logger: Logger): TimeSeries {
  if ('influx' in options) return new InfluxTimeSeries(options.influx, logger);
  const { buffer: _, ...store } = options;
  return new DuckDbTimeSeries(store, logger);
}
