import { Global, Inject, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { DATABASE, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { HealthRegistry } from './health-registry.js';
import { HealthController } from './health.controller.js';
import { collectProcessMetrics } from './process-metrics.js';
import { Probes } from './probes.js';

/** Every process of ours needs PostgreSQL, so its check is registered here; the others register their own. */
@Injectable()
class DatabaseHealth implements OnModuleInit {
  constructor(
    private readonly health: HealthRegistry,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
  ) {}

  onModuleInit(): void {
    collectProcessMetrics();
    this.health.register({
      name: 'database',
      check: async () => {
        await sql`select 1`.execute(this.database);
      },
    });
  }
}

@Global()
@Module({ providers: [HealthRegistry, Probes, DatabaseHealth], exports: [HealthRegistry, Probes] })
export class HealthModule {}

/** `/healthz`, `/readyz`, `/metrics` on the application's HTTP port. */
@Module({ controllers: [HealthController] })
export class HealthHttpModule {}
