export { SavedFiltersHttpModule } from './http/saved-filters-http.module.js';
