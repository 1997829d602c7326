import { Module } from '@nestjs/common';
import { PlanCheck } from '../plan-check.js';
import { RoundPlansService } from '../plans.service.js';
import { RoundDecisions } from '../round-decisions.service.js';
import { RoundsModule } from '../rounds.module.js';
import { RoundsService } from '../rounds.service.js';
import { RoundPlansReader } from './plans.reader.js';
import { RoundCalendarReader } from './round-calendar.reader.js';
import { RoundPlansController } from './round-plans.controller.js';
import { RoundsController } from './rounds.controller.js';
import { RoundsReader } from './rounds.reader.js';

/** The routes of plans and rounds, for the gateway. */
@Module({
  imports: [RoundsModule],
  controllers: [RoundPlansController, RoundsController],
  providers: [
    PlanCheck,
    RoundPlansService,
    RoundsService,
    RoundDecisions,
    RoundPlansReader,
    RoundsReader,
    RoundCalendarReader,
  ],
})
export class RoundsHttpModule {}
