import { Module } from '@nestjs/common';
import { RuleStore } from '@sc/features/detection';
import { BackTestRunner } from '../back-test-runner.js';
import { BackTestStore } from '../back-test-store.js';
import { BACK_TEST_LIMITS, backTestLimits } from '../limits.js';
import { AskedRule } from './asked-rule.js';
import { BackTestsController } from './back-tests.controller.js';
import { BackTestsService } from './back-tests.service.js';

/** The `/back-tests` routes and what runs them, for the gateway. Needs TIME_SERIES. */
@Module({
  controllers: [BackTestsController],
  providers: [
    BackTestsService,
    AskedRule,
    RuleStore,
    BackTestStore,
    BackTestRunner,
    { provide: BACK_TEST_LIMITS, useValue: backTestLimits },
  ],
})
export class BackTestsHttpModule {}
