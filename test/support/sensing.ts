import { Global, type INestApplication, Module } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { createMqttStrategy, SensingModule, type SensingOptions } from '@sc/apps/sensing';
import { ClockModule } from '@sc/platform/clock';
import { ConfigModule, readSettings } from '@sc/platform/config';
import { DATABASE, UnitOfWork } from '@sc/platform/database';
import { WakeModule } from '@sc/platform/jobs';
import { createLogger, LoggingModule } from '@sc/platform/logging';
import type { BrokerLimits, EmbeddedMqttStrategy } from '@sc/platform/mqtt';
import { TIME_SERIES, type TimeSeries } from '@sc/platform/time-series';
import { connectAsync, type MqttClient } from 'mqtt';
import type { TestDatabase } from './database.js';

export interface SensingRig {
  app: INestApplication;
  strategy: EmbeddedMqttStrategy;
  /** Logs in with the secret that `aDevice` gives. */
  device(id: string, options?: object): Promise<MqttClient>;
  stop(): Promise<void>;
}

/** Sensing with an embedded broker on a free port, on a test database and any time-series store. */
export async function startSensing(
  database: TestDatabase,
  timeSeries: TimeSeries,
  options: SensingOptions & {
    limits?: Partial<BrokerLimits>;
    returnWithinMs?: number;
    environment?: Record<string, string>;
    override?: (builder: TestingModuleBuilder) => unknown;
  } = {},
): Promise<SensingRig> {
  @Global()
  @Module({
    providers: [
      { provide: DATABASE, useValue: database.db },
      UnitOfWork,
      { provide: TIME_SERIES, useValue: timeSeries },
    ],
    exports: [DATABASE, UnitOfWork, TIME_SERIES],
  })
  class Stores {}
  const builder = Test.createTestingModule({
    imports: [
      ConfigModule.forRoot(readSettings({ ...options.environment })),
      LoggingModule.forRoot(createLogger('silent')),
      ClockModule,
      WakeModule.forRoot(),
      Stores,
      SensingModule.forRoot(options),
    ],
  });
  options.override?.(builder);
  const app = (await builder.compile()).createNestApplication(new FastifyAdapter(), { logger: false });
  const strategy = createMqttStrategy(app, {
    port: 0,
    host: '127.0.0.1',
    limits: options.limits,
    returnWithinMs: options.returnWithinMs,
  });
  app.connectMicroservice({ strategy });
  await app.init();
  await app.startAllMicroservices();
  const clients: MqttClient[] = [];
  return {
    app,
    strategy,
    device: async (id, more = {}) => {
      const client = await connectAsync(`mqtt://127.0.0.1:${strategy.broker.port}`, {
        username: id,
        password: `secret-${id}`,
        clientId: id,
        reconnectPeriod: 0,
        ...more,
      });
      client.on('error', () => undefined);
      clients.push(client);
      return client;
    },
    stop: async () => {
      // The product first: to one that still runs, devices that leave are offline.
      await app.close();
      for (const client of clients) client.end(true);
    },
  };
}
