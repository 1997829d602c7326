import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { ProcessKind } from '@sc/contracts';
import { DATABASE, type Database, json } from '@sc/platform/database';
import { HealthRegistry, MetricsWindow, Probes } from '@sc/platform/health';
import { Loop } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { productVersion } from '@sc/platform/process';
import { type Kysely, sql } from 'kysely';
import { figuresOf, watchedMetrics } from './figures.js';
import { OwnFigures } from './own-figures.js';

/** Injection token of what this process is. */
export const PROCESS_KIND = Symbol('ProcessKind');

/** Often enough to see a storm while it is one; a row of one kilobyte costs PostgreSQL nothing. */
export const reportEveryMs = 5000;
/** The last word is for people to look at: a PostgreSQL that does not answer must not hold a stop. */
const lastWordMs = 2000;

/**
 * Writes every few seconds how this process is, into a row of its own: processes meet only in PostgreSQL. Without PostgreSQL
 * nothing is written, and the age of the last report says so.
 */
@Injectable()
export class ProcessReporter implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly instance = randomUUID();
  private readonly window = new MetricsWindow(watchedMetrics);
  private readonly own = new OwnFigures();
  private readonly loop: Loop;

  constructor(
    @Inject(PROCESS_KIND) readonly kind: ProcessKind,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly health: HealthRegistry,
    private readonly probes: Probes,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new Loop(() => this.reportOnce(), {
      idleMs: reportEveryMs,
      maxBackoffMs: reportEveryMs,
      onError: (err, failures) => {
        if (failures === 1) logger.warn({ err }, 'process report not written; tried again');
      },
    });
  }

  onApplicationBootstrap(): void {
    this.own.start();
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.own.stop();
    const lastWord = this.loop.stop().then(() => this.farewell());
    await Promise.race([lastWord.catch(() => undefined), wait(lastWordMs, undefined, { ref: false })]);
  }

  /** @returns false: the next one is due in some seconds */
  async reportOnce(): Promise<boolean> {
    await this.probes.run();
    await this.window.take(performance.now());
    const report = json({
      health: await this.health.report(),
      figures: figuresOf(this.kind, this.window, { process: this.own.read() }),
    });
    await this.database
      .insertInto('processReports')
      .values({ instance: this.instance, kind: this.kind, host: hostname(), version: productVersion(), report })
      .onConflict((conflict) =>
        conflict.column('instance').doUpdateSet({ report, reportedAt: sql`now()`, stoppedAt: null }),
      )
      .execute();
    return false;
  }

  private async farewell(): Promise<void> {
    await this.database
      .updateTable('processReports')
      .set({ stoppedAt: sql`now()`, reportedAt: sql`now()` })
      .where('instance', '=', this.instance)
      .execute();
  }
}
