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
import { TIME_SERIES } from './time-series.js';

export interface TimeSeriesModuleOptions extends DuckDbOptions {
  /** Bounds and pauses of the buffer, which lies in `directory/buffer`. */
  buffer?: Omit<BufferedOptions, 'directory'>;
}

/**
 * Provides {@link TIME_SERIES} and, for health and metrics, {@link BufferedTimeSeries}: the embedded store behind its buffer.
 * Closes in `onApplicationShutdown`, that is after everybody stopped appending in `beforeApplicationShutdown`.
 */
@Module({})
export class TimeSeriesModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(BufferedTimeSeries) private readonly series: BufferedTimeSeries) {}

  /** @param options `directory` is the folder of the store, usually `DATA_DIR/time-series`. */
  static forRoot(options: TimeSeriesModuleOptions): DynamicModule {
    const { buffer, ...store } = options;
    return {
      module: TimeSeriesModule,
      global: true,
      providers: [
        {
          provide: BufferedTimeSeries,
          inject: [LOGGER],
          useFactory: (logger: Logger) => {
            const bufferOptions = { ...buffer, directory: join(options.directory, 'buffer') };
            return new BufferedTimeSeries(new DuckDbTimeSeries(store, logger), bufferOptions, logger);
          },
        },
        { provide: TIME_SERIES, useExisting: BufferedTimeSeries },
      ],
      exports: [BufferedTimeSeries, TIME_SERIES],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.series.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.series.close();
  }
}
