import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, type ModuleMetadata, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { Person, Role } from '@sc/contracts';
import { configureGateway, GatewayModule } from '@sc/apps/gateway';
import { PeopleService } from '@sc/features/identity';
import { ClockModule, systemIds } from '@sc/platform/clock';
import { ConfigModule, readSettings } from '@sc/platform/config';
import { DATABASE, UnitOfWork } from '@sc/platform/database';
import { HealthModule } from '@sc/platform/health';
import { FILE_STORE, StoredFiles } from '@sc/platform/files';
import { createHttpAdapter } from '@sc/platform/http';
import { WakeModule } from '@sc/platform/jobs';
import { createLogger, LoggingModule } from '@sc/platform/logging';
import { TIME_SERIES } from '@sc/platform/time-series';
import { InMemoryTimeSeries } from '../../libs/platform/time-series/in-memory-time-series.js';
import { InMemoryFileStore } from '../../libs/platform/files/in-memory-file-store.js';
import { seedAreas } from './builders.js';
import { createTestDatabase, type TestDatabase } from './database.js';

export interface TestGateway {
  app: NestFastifyApplication;
  database: TestDatabase;
  dataDir: string;
  timeSeries: InMemoryTimeSeries;
  /** `http://127.0.0.1:port` */
  url: string;
  people: PeopleService;
  /** Creates a person; password is `password-<login>`. */
  person(login: string, role: Role, areaId: string): Promise<Person>;
  /** Logs in and answers the cookie header. */
  login(login: string): Promise<string>;
  /** A request to /api/v1 as the owner of the cookie. A body travels as JSON. */
  call(
    method: string,
    path: string,
    options?: { cookie?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers freely
  body: any;
}

/** The whole gateway on a fresh database, listening on a free port. */
export async function startGateway(
  options: { environment?: Record<string, string>; module?: ModuleMetadata; seed?: boolean; console?: string } = {},
): Promise<TestGateway> {
  const database = await createTestDatabase();
  if (options.seed !== false) await seedAreas(database.db);
  const folder = await mkdtemp(join(tmpdir(), 'sc-gateway-'));
  const settings = readSettings({ DATA_DIR: folder, LOG_LEVEL: 'error', ...options.environment });
  const timeSeries = new InMemoryTimeSeries();

  @Global()
  @Module({
    ...options.module,
    providers: [
      { provide: DATABASE, useValue: database.db },
      UnitOfWork,
      { provide: TIME_SERIES, useValue: timeSeries },
      { provide: FILE_STORE, useClass: InMemoryFileStore },
      StoredFiles,
      ...(options.module?.providers ?? []),
    ],
    exports: [DATABASE, UnitOfWork, TIME_SERIES, FILE_STORE, StoredFiles, ...(options.module?.exports ?? [])],
  })
  class Stores {}

  const testing = await Test.createTestingModule({
    imports: [
      Stores,
      ClockModule,
      ConfigModule.forRoot(settings),
      LoggingModule.forRoot(createLogger('fatal')),
      WakeModule.forRoot(),
      HealthModule,
      GatewayModule.forRoot({ site: { demo: true, timeZone: 'Asia/Shanghai', mqttPort: 1883 } }),
    ],
  }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(
    createHttpAdapter(systemIds, settings.TRUSTED_PROXY),
    { logger: false },
  );
  await configureGateway(app, settings, options.console ?? join(folder, 'console'));
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const people = app.get(PeopleService, { strict: false });

  const call: TestGateway['call'] = async (method, path, { cookie, body, headers } = {}) => {
    const answer = await fetch(path.startsWith('/') ? `${url}${path}` : `${url}/api/v1/${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, headers: answer.headers, body: isJson && text ? JSON.parse(text) : text };
  };

  return {
    app,
    dataDir: folder,
    database,
    timeSeries,
    url,
    people,
    call,
    person: (login, role, areaId) =>
      people.create({ login, password: `password-${login}`, name: `Name of ${login}`, role, areaId, locale: 'en' }),
    login: async (login) => {
      const answer = await call('POST', 'session', { body: { login, password: `password-${login}` } });
      if (answer.status !== 200) throw new Error(`login of ${login} answered ${answer.status}`);
      return answer.headers.getSetCookie()[0]!.split(';')[0]!;
    },
    stop: async () => {
      await app.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
