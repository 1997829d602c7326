import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { CaseItem, Severity } from '@sc/contracts';
import { domains } from '@sc/domains';
import { DATABASE, type Database } from '@sc/platform/database';
import { Loop } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { entryOf, itemOf } from './entry.js';
import { KindsOfWork } from './kinds-of-work.js';

type Db = Kysely<Database>;

/** What somebody changed in another process is in force here within this time. */
const lookEveryMs = 1000;
const maxBackoffMs = 15_000;

/**
 * The catalogue in memory, so that an alarm in a storm costs no query; the port `WORK_ORDER_TEMPLATES`. It follows a number that each
 * change raises. While PostgreSQL is away what was known last is used, and before it was ever read what the program brings.
 */
@Injectable()
export class Catalogue implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private kinds = new KindsOfWork(domains);
  private revision = -1;
  private readonly loop: Loop;

  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.loop = new Loop(() => this.refresh(), {
      idleMs: lookEveryMs,
      maxBackoffMs,
      onError: (err) => this.logger.warn({ err }, 'catalogue not refreshed, the old one stays in force'),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  of(domain: string, severity: Severity): CaseItem | undefined {
    return this.kinds.of(domain, severity);
  }

  named(category: string): { domain: string | undefined; template: CaseItem } | undefined {
    return this.kinds.named(category);
  }

  /** For a case that somebody reports: one question more, so that what was admitted a moment ago may be used. @throws as `refresh` */
  async usableIn(category: string, areaPath: readonly string[], db: Db = this.db): Promise<CaseItem | undefined> {
    await this.refresh(db);
    return this.kinds.usableIn(category, areaPath);
  }

  /** Reads the catalogue when it has changed; otherwise that happens once a second. @throws when PostgreSQL cannot answer */
  async refresh(db: Db = this.db): Promise<boolean> {
    const { revision } = await db.selectFrom('catalogueRevision').select('revision').executeTakeFirstOrThrow();
    if (revision <= this.revision) return false;
    const rows = await db.selectFrom('catalogueEntries').selectAll().execute();
    const entries = rows.map(entryOf);
    // It must not stop the others; alarms that ask for it get what the program brings.
    for (const entry of entries.filter(({ asked }) => asked))
      if (!itemOf(entry)) this.logger.error({ code: entry.code }, 'kind of work does not fit the schema');
    // Two may read at once: the older does not stay.
    if (revision <= this.revision) return false;
    this.kinds = new KindsOfWork(domains, entries);
    this.revision = revision;
    // Of a site that was just set up it is empty for a moment; the console shows what stays missing.
    const { gaps } = this.kinds;
    if (gaps.length) this.logger.warn({ gaps: gaps.length }, 'alarms without a kind of work in the catalogue');
    return false;
  }
}
