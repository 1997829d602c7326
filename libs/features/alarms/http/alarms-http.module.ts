import { Module } from '@nestjs/common';
import { AlarmsModule } from '../alarms.module.js';
import { AlarmsController } from './alarms.controller.js';
import { AlarmsReadModel } from './alarms-read-model.js';

/** The `/alarms` routes, for the gateway. */
@Module({ imports: [AlarmsModule], controllers: [AlarmsController], providers: [AlarmsReadModel] })
export class AlarmsHttpModule {}
