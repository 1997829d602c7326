import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { openDatabase } from './connection.js';
import type { Database } from './schema.js';
import { DATABASE } from './tokens.js';
import { UnitOfWork } from './unit-of-work.js';

/** Closes the pool after everybody who uses it has stopped (they stop in `beforeApplicationShutdown`). */
@Injectable()
class DatabaseCloser implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly database: Kysely<Database>) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.destroy();
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
        UnitOfWork,
        DatabaseCloser,
      ],
      exports: [DATABASE, UnitOfWork],
    };
  }
}
