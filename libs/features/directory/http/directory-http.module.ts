import { Module } from '@nestjs/common';
import { IdentityModule } from '@sc/features/identity';
import { AreasService } from '../areas.service.js';
import { ImportAreas } from '../imports/import-areas.js';
import { ImportPeople } from '../imports/import-people.js';
import { ShiftsService } from '../shifts.service.js';
import { StaffService } from '../staff.service.js';
import { AreasController } from './areas.controller.js';
import { DirectoryImportsController } from './imports.controller.js';
import { PeopleController } from './people.controller.js';
import { ShiftsController } from './shifts.controller.js';

@Module({
  imports: [IdentityModule],
  controllers: [AreasController, PeopleController, ShiftsController, DirectoryImportsController],
  providers: [AreasService, StaffService, ShiftsService, ImportAreas, ImportPeople],
})
export class DirectoryHttpModule {}
