import { Module } from '@nestjs/common';
import { AreasService } from '../areas.service.js';
import { AreasController } from './areas.controller.js';
import { PeopleController } from './people.controller.js';
import { ShiftsController } from './shifts.controller.js';

@Module({ controllers: [AreasController, PeopleController, ShiftsController], providers: [AreasService] })
export class DirectoryHttpModule {}
