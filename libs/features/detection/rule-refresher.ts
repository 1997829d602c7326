import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  Optional,
} from '@nestjs/common';
import { DATABASE, type Database, lastOutboxPosition, UnitOfWork } from '@sc/platform/database';
import { Loop, Wake } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { DetectionEngine } from './detection-engine.js';
import { writeTrouble } from './guard/write-trouble.js';
import { RuleStore } from './rule-store.js';

/** However little is heard of changes, a rule that a person changed is in force within this time. */
const refreshMs = 5_000;
const maxBackoffMs = 15_000;
/** Between two looks whether a commit was about rules: in a storm there are hundreds of others in a second. */
const pauseMs = 100;

/** Puts the default rules into PostgreSQL, keeps the detector's copy of the table fresh and writes down which rules are in trouble. */
@Injectable()
export class RuleRefresher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;
  private position = 0;
  private readAt = 0;
  private pause: NodeJS.Timeout | undefined;
  private unsubscribe: () => void = () => undefined;

  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly unitOfWork: UnitOfWork,
    private readonly engine: DetectionEngine,
    private readonly rules: RuleStore,
    @Optional() private readonly wake?: Wake,
  ) {
    this.loop = new Loop(() => this.step(), {
      idleMs: refreshMs,
      maxBackoffMs,
      onError: (err) => this.logger.warn({ err }, 'rules not refreshed, the old ones stay in force'),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.rules.seedDefaults();
    await this.refresh();
    this.unsubscribe = this.wake?.on('outbox', () => this.lookSoon()) ?? this.unsubscribe;
    this.engine.troubles.onFound(() => this.loop.wake());
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe();
    clearTimeout(this.pause);
    await this.loop.stop();
  }

  private lookSoon(): void {
    this.pause ??= setTimeout(() => {
      this.pause = undefined;
      this.loop.wake();
    }, pauseMs);
  }

  private async step(): Promise<boolean> {
    for (const found of this.engine.troubles.unwritten()) {
      await writeTrouble(this.unitOfWork, found);
      this.engine.troubles.written(found);
    }
    await this.engine.refreshPlaces(this.db);
    if (performance.now() - this.readAt >= refreshMs || (await this.isTold())) await this.refresh();
    return false;
  }

  /** The position is taken before the rules are read: what changes in between is read again. */
  private async refresh(): Promise<void> {
    this.position = await lastOutboxPosition(this.db);
    await this.engine.refreshRules();
    this.readAt = performance.now();
  }

  private async isTold(): Promise<boolean> {
    const { newest, told } = await this.db
      .selectFrom('outbox')
      .select(({ fn, eb }) => [
        fn.max('position').as('newest'),
        fn.agg<boolean | null>('bool_or', [eb('type', '=', 'rule.changed.v1')]).as('told'),
      ])
      .where('position', '>', this.position)
      .executeTakeFirstOrThrow();
    if (!told) this.position = newest ?? this.position;
    return told ?? false;
  }
}
