import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { BackTestResult } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database } from '@sc/platform/database';
import { Loop } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { TIME_SERIES, type TimeSeries } from '@sc/platform/time-series';
import type { Kysely } from 'kysely';
import { BackTestFailure, failureCode } from './back-test-failure.js';
import { type BackTestQuestion, BackTestRun, type BackTestSources } from './back-test-run.js';
import { type BackTestRow, BackTestStore } from './back-test-store.js';
import { BACK_TEST_LIMITS, type BackTestLimits } from './limits.js';

const lookEveryMs = 2000;
const beatEveryMs = 1000;
const tidyEveryMs = 15_000;

/** It is not this process's any more, or this process stops: nothing is written down about it. */
class Ended extends Error {
  constructor(readonly reason: 'removed' | 'stopping') {
    super(reason);
  }
}

/** Runs back-tests one after the other, in the process that serves them. What a crash leaves behind is begun again. */
@Injectable()
export class BackTestRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly runner: string;
  private readonly running = new Map<string, AbortController>();
  private readonly work: Loop;
  private readonly tidying: Loop;

  constructor(
    private readonly store: BackTestStore,
    @Inject(TIME_SERIES) private readonly series: TimeSeries,
    @Inject(BACK_TEST_LIMITS) private readonly limits: BackTestLimits,
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'TIME_ZONE'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.runner = ids.next();
    const onError = (task: string) => (err: unknown, failures: number) => {
      if (failures === 1) logger.warn({ err, task }, 'back-tests: not now, tried again');
    };
    this.work = new Loop(() => this.runOne(), { idleMs: lookEveryMs, maxBackoffMs: 30_000, onError: onError('run') });
    this.tidying = new Loop(() => this.tidy(), {
      idleMs: tidyEveryMs,
      maxBackoffMs: 60_000,
      onError: onError('tidy'),
    });
  }

  onApplicationBootstrap(): void {
    this.work.start();
    this.tidying.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const controller of this.running.values()) controller.abort(new Ended('stopping'));
    await Promise.all([this.work.stop(), this.tidying.stop()]);
  }

  /** Something was asked for: look now. */
  wake(): void {
    this.work.wake();
  }

  /** Its row is gone. In another process it ends with the next beat. */
  cancel(id: string): void {
    this.running.get(id)?.abort(new Ended('removed'));
  }

  /** Begins again what a killed process left, removes what expired. @returns false */
  async tidy(): Promise<boolean> {
    await this.store.recover();
    await this.store.expire();
    return false;
  }

  private async runOne(): Promise<boolean> {
    const row = await this.store.claim(this.runner);
    if (!row) return false;
    const controller = new AbortController();
    this.running.set(row.id, controller);
    try {
      await this.run(row, controller);
    } catch (error) {
      await this.settle(row, error);
    } finally {
      this.running.delete(row.id);
    }
    return true;
  }

  private async run(row: BackTestRow, controller: AbortController): Promise<void> {
    if (!(await this.store.mayRead(row))) throw new BackTestFailure('rights-lost');
    const run = new BackTestRun(questionOf(row), this.sources(), controller.signal);
    const endBeats = this.beat(row, run, controller);
    let result: BackTestResult;
    try {
      result = await run.run();
    } finally {
      await endBeats();
    }
    await this.store.done(row.id, this.runner, run.progress.readings, result);
    const { readings, totals } = result;
    this.logger.info({ backTestId: row.id, ruleId: row.ruleId, readings, ...totals }, 'back-test done');
  }

  private sources(): BackTestSources {
    const { series, db, limits, settings, clock } = this;
    return { series, db, limits, timeZone: settings.TIME_ZONE, now: clock.now() };
  }

  /** Says every second that it goes on and how far it is; hears that it is not wanted any more. */
  private beat(row: BackTestRow, run: BackTestRun, controller: AbortController): () => Promise<void> {
    const beats = new Loop(
      async () => {
        const mine = await this.store.beat(row.id, this.runner, run.progress);
        if (!mine) controller.abort(new Ended('removed'));
        return false;
      },
      { idleMs: beatEveryMs, maxBackoffMs: beatEveryMs, onError: () => undefined },
    );
    beats.start();
    return () => beats.stop();
  }

  private async settle(row: BackTestRow, error: unknown): Promise<void> {
    if (error instanceof Ended) {
      if (error.reason === 'stopping') await this.store.giveBack(row.id, this.runner);
      return;
    }
    const code = failureCode(error);
    this.logger.warn({ backTestId: row.id, code, err: code === 'failed' ? error : undefined }, 'back-test failed');
    await this.store.failed(row.id, this.runner, code);
  }
}

const questionOf = ({ rule, deviceIds, fromAt, toAt }: BackTestRow): BackTestQuestion => ({
  rule,
  deviceIds,
  from: fromAt.getTime(),
  to: toAt.getTime(),
});
