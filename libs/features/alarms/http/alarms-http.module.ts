import { Module } from '@nestjs/common';
import { AlarmsModule } from '../alarms.module.js';
import { AlarmMovesController } from './alarm-moves.controller.js';
import { AlarmsController } from './alarms.controller.js';
import { AlarmsReadModel } from './alarms-read-model.js';
import { MaintenanceController } from './maintenance.controller.js';
import { MaintenanceReadModel } from './maintenance-read-model.js';

/** The `/alarms`, `/maintenance-windows` and `/out-of-service` routes, for the gateway. */
@Module({
  imports: [AlarmsModule],
  controllers: [AlarmsController, AlarmMovesController, MaintenanceController],
  providers: [AlarmsReadModel, MaintenanceReadModel],
})
export class AlarmsHttpModule {}
