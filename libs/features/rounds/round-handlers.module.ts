import { Module } from '@nestjs/common';
import { RoundMaker } from './round-maker.js';
import { RoundMinder } from './round-minder.js';
import { RoundSweep } from './round-sweep.js';
import { RoundsModule } from './rounds.module.js';

/** What happens by itself, for the process that runs jobs. */
@Module({ imports: [RoundsModule], providers: [RoundMaker, RoundMinder, RoundSweep] })
export class RoundHandlersModule {}
