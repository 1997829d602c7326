import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CLOCK, IDS, systemIds } from '@sc/platform/clock';
import { SETTINGS, settingsDocument } from '@sc/platform/config';
import { DATABASE, UnitOfWork } from '@sc/platform/database';
import { StoredFiles } from '@sc/platform/files';
import { HealthRegistry, Probes } from '@sc/platform/health';
import { createHttpAdapter } from '@sc/platform/http';
import { Wake } from '@sc/platform/jobs';
import { LOGGER } from '@sc/platform/logging';
import { TIME_SERIES } from '@sc/platform/time-series';
import { apiDocument } from './api-document.js';
import { asyncDocument } from './async-document.js';
import { apiPrefix } from './configure-gateway.js';
import { GatewayModule } from './gateway.module.js';

const outside = [
  CLOCK,
  IDS,
  SETTINGS,
  DATABASE,
  UnitOfWork,
  StoredFiles,
  HealthRegistry,
  Probes,
  Wake,
  LOGGER,
  TIME_SERIES,
];

/** In place of the outside world: only decorators are read, nothing is called. */
@Global()
@Module({ providers: outside.map((provide) => ({ provide, useValue: {} })), exports: outside })
class Nothing {}

@Module({
  imports: [Nothing, GatewayModule.forRoot({ site: { demo: false, timeZone: 'UTC', mqttPort: null } })],
})
class Documented {}

/** The documents of `npm run generate`, without a database or a network. */
export async function generatedDocuments(): Promise<{ openapi: object; asyncapi: object; settings: string }> {
  const app = await NestFactory.create<NestFastifyApplication>(Documented, createHttpAdapter(systemIds), {
    preview: true,
    abortOnError: false,
    logger: ['error'],
  });
  app.setGlobalPrefix(apiPrefix, { exclude: ['healthz', 'readyz', 'metrics'] });
  return { openapi: apiDocument(app), asyncapi: asyncDocument(), settings: settingsDocument() };
}
