import { Module } from '@nestjs/common';
import { SavedFilters } from '../saved-filters.js';
import { SavedFiltersController } from './saved-filters.controller.js';

/** `/saved-filters`. Needs the database, the clock and ids. */
@Module({ controllers: [SavedFiltersController], providers: [SavedFilters] })
export class SavedFiltersHttpModule {}
