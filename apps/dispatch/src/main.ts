import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { unwantedJobs } from '@sc/features/notifications';
import { SystemModule } from '@sc/features/system';
import { ClockModule, systemIds } from '@sc/platform/clock';
import { ConfigModule } from '@sc/platform/config';
import { DatabaseModule } from '@sc/platform/database';
import { FilesModule } from '@sc/platform/files';
import { HealthHttpModule, HealthModule } from '@sc/platform/health';
import { createHttpAdapter } from '@sc/platform/http';
import { JobsModule, queueConnection, WakeModule } from '@sc/platform/jobs';
import { LoggingModule, NestLogger } from '@sc/platform/logging';
import { type ProcessBase, runProcess } from '@sc/platform/process';
import { DispatchModule } from './dispatch.module.js';
import { registerDispatchHealth } from './health.js';
import { createJobsStrategy } from './jobs-strategy.js';

/** Jobs at once; each holds at most one of the 20 connections, and the relay and the sweep need some too. */
const concurrency = 12;

/** Dispatch as a process of its own; as many as wanted, each takes what is due. */
await runProcess('dispatch', process.env, async (base) => {
  const app = await NestFactory.create(modules(base), createHttpAdapter(systemIds), {
    logger: new NestLogger(base.logger),
    abortOnError: false,
  });
  app.connectMicroservice({
    strategy: createJobsStrategy(app, queueConnection(base.settings, base.databaseUrl), concurrency),
  });
  registerDispatchHealth(app);
  return app;
});

function modules({ settings, logger, databaseUrl }: ProcessBase) {
  const connection = queueConnection(settings, databaseUrl);
  @Module({
    imports: [
      ConfigModule.forRoot(settings),
      ClockModule,
      LoggingModule.forRoot(logger),
      DatabaseModule.forRoot(databaseUrl),
      FilesModule.forRoot(settings),
      HealthModule,
      HealthHttpModule,
      SystemModule.forRoot('dispatch'),
      WakeModule.forRoot({ connection }),
      JobsModule.forRoot(connection, unwantedJobs(settings)),
      DispatchModule,
    ],
  })
  class DispatchProcess {}
  return DispatchProcess;
}
