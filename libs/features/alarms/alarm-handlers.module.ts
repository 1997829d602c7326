import { Module } from '@nestjs/common';
import { AlarmsModule } from './alarms.module.js';
import { OnSilenceEnds } from './on-silence-ends.js';
import { SilenceSweep } from './silence-sweep.js';

/** What the clock does to alarms, for the process that runs jobs. Needs the database and the jobs module. */
@Module({ imports: [AlarmsModule], controllers: [OnSilenceEnds], providers: [SilenceSweep] })
export class AlarmHandlersModule {}
