import { Module } from '@nestjs/common';
import { DeadLettersReadModel } from './dead-letters-read-model.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { DeadLettersService } from './dead-letters.service.js';
import { ReadingsController } from './readings.controller.js';

/** The `/readings` and `/dead-letters` routes, for the gateway. Needs TIME_SERIES and `Wake`. */
@Module({
  controllers: [ReadingsController, DeadLettersController],
  providers: [DeadLettersReadModel, DeadLettersService],
})
export class TelemetryHttpModule {}
