import { Module } from '@nestjs/common';
import { SettledCases } from './settled-cases.js';

/** For the process that runs jobs: what the figures rest on is got ready. Needs the database, the clock and logging. */
@Module({ providers: [SettledCases] })
export class EvaluationHandlersModule {}
