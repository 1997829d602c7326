import {
  Inject,
  Module,
  Optional,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { join } from 'node:path';
import { BufferedTimeSeries, type BufferedOptions } from './buffered-time-series.js';
import { DiskSpace, type DiskSpaceOptions } from './disk-space.js';
import type { DuckDbOptions } from './duckdb-session.js';
import { DuckDbTimeSeries } from './duckdb-time-series.js';
import type { InfluxOptions } from './influx-options.js';
import { InfluxTimeSeries } from './influx-time-series.js';
import { TIME_SERIES_LIFE, type MaintainedTimeSeries } from './time-series-life.js';
import { TIME_SERIES, type TimeSeries } from './time-series.js';

interface Buffered {
  /** Bounds and pauses of the buffer. */
  buffer?: Omit<BufferedOptions, 'directory' | 'disk'>;
  /** The reserve of the disk and how it is looked at; for tests. */
  diskSpace?: Omit<DiskSpaceOptions, 'directory'>;
}

/** The embedded store in `directory`, its buffer in `directory/buffer`. */
export interface EmbeddedStoreOptions extends Omit<DuckDbOptions, 'disk'>, Buffered {}

/** An InfluxDB, and the folder of the readings that wait while it is away. */
export interface InfluxStoreOptions extends Buffered {
  influx: InfluxOptions;
  bufferDirectory: string;
}

/** See {@link timeSeriesOptions}, which makes them from the settings. */
export type TimeSeriesModuleOptions = EmbeddedStoreOptions | InfluxStoreOptions;

/**
 * Provides {@link TIME_SERIES} and, for health and metrics, {@link BufferedTimeSeries}: a store behind its buffer. For upkeep
 * {@link TIME_SERIES_LIFE}, the store itself, and {@link DiskSpace} of the volume that both are on.
 * Closes in `onApplicationShutdown`, that is after everybody stopped appending in `beforeApplicationShutdown`.
 */
@Module({})
export class TimeSeriesModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(TIME_SERIES) private readonly series: TimeSeries,
    @Optional() @Inject(DiskSpace) private readonly disk?: DiskSpace,
  ) {}

  static forRoot(options: TimeSeriesModuleOptions): DynamicModule {
    return {
      module: TimeSeriesModule,
      global: true,
      providers: [
        {
          provide: DiskSpace,
          inject: [LOGGER],
          useFactory: (logger: Logger) =>
            new DiskSpace({ ...options.diskSpace, directory: bufferDirectory(options) }, logger),
        },
        {
          provide: TIME_SERIES_LIFE,
          inject: [LOGGER, DiskSpace],
          useFactory: (logger: Logger, disk: DiskSpace) => openStore(options, disk, logger),
        },
        {
          provide: BufferedTimeSeries,
          inject: [TIME_SERIES_LIFE, DiskSpace, LOGGER],
          useFactory: (store: MaintainedTimeSeries, disk: DiskSpace, logger: Logger) =>
            new BufferedTimeSeries(store, { ...options.buffer, directory: bufferDirectory(options), disk }, logger),
        },
        { provide: TIME_SERIES, useExisting: BufferedTimeSeries },
      ],
      exports: [BufferedTimeSeries, TIME_SERIES, TIME_SERIES_LIFE, DiskSpace],
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
    await this.disk?.start();
    if (this.series instanceof BufferedTimeSeries) await this.series.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.series.close();
    this.disk?.stop();
  }
}

function bufferDirectory(options: TimeSeriesModuleOptions): string {
  return 'influx' in options ? options.bufferDirectory : join(options.directory, 'buffer');
}

function openStore(options: TimeSeriesModuleOptions, disk: DiskSpace, logger: Logger): MaintainedTimeSeries {
  if ('influx' in options) return new InfluxTimeSeries(options.influx, logger);
  const { buffer: _buffer, diskSpace: _diskSpace, ...store } = options;
  return new DuckDbTimeSeries({ ...store, disk }, logger);
}
