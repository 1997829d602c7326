import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { CalendarReader } from '../calendar-reader.js';
import { CalendarsModule } from '../calendars.module.js';
import { CalendarsService } from '../calendars.service.js';
import { ImportDays } from '../import-days.js';
import { CalendarsController } from './calendars.controller.js';

/** The `/calendars` routes, for the gateway. */
@Module({
  imports: [CalendarsModule, DirectoryModule],
  controllers: [CalendarsController],
  providers: [CalendarReader, CalendarsService, ImportDays],
})
export class CalendarsHttpModule {}
