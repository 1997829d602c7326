import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { openDatabase } from './connection.js';
import type { Database } from './schema.js';
import { DATABASE, URGENT_DATABASE } from './tokens.js';
import { UnitOfWork } from './unit-of-work.js';

/** Closes the pool after everybody who uses it has stopped (they stop in `beforeApplicationShutdown`). */
@Injectable()
class DatabaseCloser implements OnApplicationShutdown {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(URGENT_DATABASE) private readonly urgent: Kysely<Database>,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.database.destroy(), this.urgent.destroy()]);
  }
}

@Module({})
export class DatabaseModule {
  static forRoot(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        { provide: DATABASE, useFactory: () => openDatabase({ url, maxConnections: 20 }) },
        {
          provide: URGENT_DATABASE,
          useFactory: () => openDatabase({ url, maxConnections: 2, keepOpen: true }),
        },
        UnitOfWork,
        DatabaseCloser,
      ],
      exports: [DATABASE, UnitOfWork],
    };
  }
}
