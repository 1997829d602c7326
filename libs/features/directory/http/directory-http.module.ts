import { Module } from '@nestjs/common';
import { IdentityModule } from '@sc/features/identity';
import { AreasService } from '../areas.service.js';
import { ImportGeo } from '../geo/import-geo.js';
import { ImportAreas } from '../imports/import-areas.js';
import { ImportPeople } from '../imports/import-people.js';
import { ImportShifts } from '../imports/import-shifts.js';
import { ImportTeams } from '../imports/import-teams.js';
import { WarningsService } from '../duty/warnings.service.js';
import { LeaveService } from '../leave.service.js';
import { RotationPlanner } from '../rotations/rotation-planner.js';
import { RotationsService } from '../rotations/rotations.service.js';
import { ShiftsService } from '../shifts.service.js';
import { SkillsService } from '../skills.service.js';
import { StaffService } from '../staff.service.js';
import { TeamsService } from '../teams.service.js';
import { AreasController } from './areas.controller.js';
import { GeoController } from './geo.controller.js';
import { DirectoryImportsController } from './imports.controller.js';
import { PeopleController } from './people.controller.js';
import { LeaveController } from './leave.controller.js';
import { OverridesController } from './overrides.controller.js';
import { RotationsController } from './rotations.controller.js';
import { ShiftsController } from './shifts.controller.js';
import { SkillsController } from './skills.controller.js';
import { TeamsController } from './teams.controller.js';
import { WarningsController } from './warnings.controller.js';

@Module({
  imports: [IdentityModule],
  controllers: [
    AreasController,
    PeopleController,
    SkillsController,
    TeamsController,
    ShiftsController,
    LeaveController,
    OverridesController,
    RotationsController,
    WarningsController,
    DirectoryImportsController,
    GeoController,
  ],
  providers: [
    AreasService,
    StaffService,
    SkillsService,
    TeamsService,
    ShiftsService,
    LeaveService,
    RotationsService,
    RotationPlanner,
    WarningsService,
    ImportAreas,
    ImportPeople,
    ImportTeams,
    ImportShifts,
    ImportGeo,
  ],
})
export class DirectoryHttpModule {}
