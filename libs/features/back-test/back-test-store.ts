import { Inject, Injectable } from '@nestjs/common';
import type { BackTestResult } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, json, type Row } from '@sc/platform/database';
import { RequestRows } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import type { BackTestError } from './back-test-failure.js';
import { BACK_TEST_LIMITS, type BackTestLimits } from './limits.js';

export type BackTestRow = Row<'backTests'>;

/** The rows of back-tests. */
@Injectable()
export class BackTestStore extends RequestRows<BackTestRow> {
  constructor(
    @Inject(DATABASE) db: Kysely<Database>,
    @Inject(CLOCK) clock: Clock,
    @Inject(BACK_TEST_LIMITS) limits: BackTestLimits,
  ) {
    super(db, clock, limits, {
      table: 'backTests',
      claimLock: 7_241_938,
      createLock: 7_241_939,
      counters: { readings: 0 },
    });
  }

  async done(id: string, runner: string, readings: number, result: BackTestResult): Promise<boolean> {
    return this.end(id, runner, { readings, result: json(result), state: 'done', progress: 1 });
  }

  async failed(id: string, runner: string, error: BackTestError): Promise<void> {
    await this.end(id, runner, { state: 'failed', error });
  }
}
