import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { Calendars } from './calendars.js';

/** Working calendars to count by. Needs the database. */
@Module({ imports: [DirectoryModule], providers: [Calendars], exports: [Calendars] })
export class CalendarsModule {}
