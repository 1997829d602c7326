import { Inject, Injectable } from '@nestjs/common';
import { maySeeDevices } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database } from '@sc/platform/database';
import { RequestRunner, type Running } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { TIME_SERIES, type TimeSeries } from '@sc/platform/time-series';
import type { Kysely } from 'kysely';
import { BackTestFailure, failureCode } from './back-test-failure.js';
import { type BackTestQuestion, BackTestRun, type BackTestSources } from './back-test-run.js';
import { type BackTestRow, BackTestStore } from './back-test-store.js';
import { BACK_TEST_LIMITS, type BackTestLimits } from './limits.js';

/** Runs back-tests. */
@Injectable()
export class BackTestRunner extends RequestRunner<BackTestRow> {
  constructor(
    private readonly store: BackTestStore,
    @Inject(TIME_SERIES) private readonly series: TimeSeries,
    @Inject(BACK_TEST_LIMITS) private readonly limits: BackTestLimits,
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'TIME_ZONE'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) ids: Ids,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(store, ids.next(), logger, 'back-tests');
  }

  protected async run({ row, signal, beating }: Running<BackTestRow>): Promise<void> {
    if (!(await maySeeDevices(this.db, row))) throw new BackTestFailure('rights-lost');
    const run = new BackTestRun(questionOf(row), this.sources(), signal);
    const result = await beating(
      () => run.progress,
      () => run.run(),
    );
    await this.store.done(row.id, this.runner, run.progress.readings, result);
    const { readings, totals } = result;
    this.logger.info({ backTestId: row.id, ruleId: row.ruleId, readings, ...totals }, 'back-test done');
  }

  protected async fail(row: BackTestRow, error: unknown): Promise<string> {
    const code = failureCode(error);
    await this.store.failed(row.id, this.runner, code);
    return code;
  }

  private sources(): BackTestSources {
    const { series, db, limits, settings, clock } = this;
    return { series, db, limits, timeZone: settings.TIME_ZONE, now: clock.now() };
  }
}

const questionOf = ({ rule, deviceIds, fromAt, toAt }: BackTestRow): BackTestQuestion => ({
  rule,
  deviceIds,
  from: fromAt.getTime(),
  to: toAt.getTime(),
});
