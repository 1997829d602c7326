import { Module } from '@nestjs/common';
import { AcknowledgementSweep } from './acknowledgement-sweep.js';
import { AlarmsModule } from './alarms.module.js';
import { OnAcknowledgementHeld } from './on-acknowledgement-held.js';
import { OnSilenceEnds } from './on-silence-ends.js';
import { SilenceSweep } from './silence-sweep.js';

/** What the clock does to alarms, for the process that runs jobs. Needs the database and the jobs module. */
@Module({
  imports: [AlarmsModule],
  controllers: [OnSilenceEnds, OnAcknowledgementHeld],
  providers: [SilenceSweep, AcknowledgementSweep],
})
export class AlarmHandlersModule {}
