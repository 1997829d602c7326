import { Module } from '@nestjs/common';
import { Acknowledgements } from './acknowledgements.js';
import { AlarmWriter } from './alarm-writer.js';
import { AlarmsService } from './alarms.service.js';
import { MaintenanceService } from './maintenance.service.js';
import { OutOfServiceService } from './out-of-service.service.js';
import { AlarmReconciler } from './reconcile.js';
import { Silences } from './silences.js';

const services = [
  Acknowledgements,
  AlarmWriter,
  AlarmsService,
  AlarmReconciler,
  Silences,
  MaintenanceService,
  OutOfServiceService,
];

/** Alarms and what moves them. Needs the global database, clock and logging modules. */
@Module({ providers: services, exports: services })
export class AlarmsModule {}
