import { Global, Module } from '@nestjs/common';
import { CLOCK, IDS, systemClock, systemIds } from './clock.js';

@Global()
@Module({
  providers: [
    { provide: CLOCK, useValue: systemClock },
    { provide: IDS, useValue: systemIds },
  ],
  exports: [CLOCK, IDS],
})
export class ClockModule {}
