import { Module } from '@nestjs/common';
import { CalendarsModule } from '@sc/features/calendars';
import { CatalogueModule } from '@sc/features/catalogue';
import { DirectoryModule } from '@sc/features/directory';
import { EscalationModule } from '@sc/features/escalation';
import { StaffingRunner } from '../staffing-runner.js';
import { StaffingSourceReader } from '../staffing-sources.js';
import { StaffingStore } from '../staffing-store.js';
import { StaffingController } from './staffing.controller.js';
import { StaffingService } from './staffing.service.js';

/** The `/staffing-plans` routes and what runs them, for the gateway. */
@Module({
  imports: [CalendarsModule, CatalogueModule, DirectoryModule, EscalationModule],
  controllers: [StaffingController],
  providers: [StaffingService, StaffingStore, StaffingSourceReader, StaffingRunner],
})
export class StaffingHttpModule {}
