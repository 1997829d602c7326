import { Module } from '@nestjs/common';
import { RotationPlanner } from './rotation-planner.js';
import { RotationSweep } from './rotation-sweep.js';

/** What happens to rotations by itself, for the process that runs jobs. Needs the database. */
@Module({ providers: [RotationPlanner, RotationSweep] })
export class RotationHandlersModule {}
