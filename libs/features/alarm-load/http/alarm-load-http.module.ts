import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { AlarmLoadService } from '../alarm-load.service.js';
import { BadActors } from '../bad-actors.js';
import { FoldedAlarms } from '../folded-alarms.js';
import { ToldAlarms } from '../told-alarms.js';
import { AlarmGroupsController } from './alarm-groups.controller.js';
import { AlarmLoadController } from './alarm-load.controller.js';

/** `/alarm-load` and `/alarms/groups`. Needs the database and the clock. */
@Module({
  imports: [DirectoryModule],
  controllers: [AlarmGroupsController, AlarmLoadController],
  providers: [AlarmLoadService, BadActors, FoldedAlarms, ToldAlarms],
})
export class AlarmLoadHttpModule {}
