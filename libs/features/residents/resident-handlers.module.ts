import { Module } from '@nestjs/common';
import { ResidentKeeper } from './resident-keeper.js';

/** What happens by itself, for the process that runs jobs. Needs the database. */
@Module({ providers: [ResidentKeeper] })
export class ResidentHandlersModule {}
