import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { domains } from '@sc/domains';
import { SystemModule } from '@sc/features/system';
import { TelemetryLifeModule } from '@sc/features/telemetry';
import { ClockModule, systemIds } from '@sc/platform/clock';
import { ConfigModule } from '@sc/platform/config';
import { DatabaseModule } from '@sc/platform/database';
import { HealthHttpModule, HealthModule } from '@sc/platform/health';
import { createHttpAdapter } from '@sc/platform/http';
import { queueConnection, WakeModule } from '@sc/platform/jobs';
import { LoggingModule, NestLogger } from '@sc/platform/logging';
import { type ProcessBase, runProcess } from '@sc/platform/process';
import { TimeSeriesModule, timeSeriesOptions } from '@sc/platform/time-series';
import { registerSensingHealth } from './health.js';
import { createMqttStrategy, mqttSource } from './mqtt-strategy.js';
import { SensingModule } from './sensing.module.js';

/** Sensing as a process of its own; one, because the order of a device's messages lives in it. */
await runProcess('sensing', process.env, async (base) => {
  const app = await NestFactory.create(modules(base), createHttpAdapter(systemIds), {
    logger: new NestLogger(base.logger),
    abortOnError: false,
  });
  const strategy = createMqttStrategy(app, await mqttSource(base.settings));
  app.connectMicroservice({ strategy });
  registerSensingHealth(app, strategy);
  return app;
});

function modules({ settings, logger, databaseUrl }: ProcessBase) {
  @Module({
    imports: [
      ConfigModule.forRoot(settings),
      LoggingModule.forRoot(logger),
      ClockModule,
      DatabaseModule.forRoot(databaseUrl),
      HealthModule,
      HealthHttpModule,
      SystemModule.forRoot('sensing'),
      WakeModule.forRoot({ connection: queueConnection(settings, databaseUrl) }),
      TimeSeriesModule.forRoot(timeSeriesOptions(settings)),
      TelemetryLifeModule.forRoot(domains),
      SensingModule.forRoot({ faultHook: settings.FAULT_HOOK }),
    ],
  })
  class SensingProcess {}
  return SensingProcess;
}
