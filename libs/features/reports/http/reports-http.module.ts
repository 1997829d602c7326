import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { ReportsService } from '../reports.service.js';
import { ReportsController } from './reports.controller.js';

/** `/reports`. Needs the database, the clock and the settings. */
@Module({ imports: [DirectoryModule], controllers: [ReportsController], providers: [ReportsService] })
export class ReportsHttpModule {}
