export { Catalogue } from './catalogue.js';
export { CatalogueModule } from './catalogue.module.js';
export { seedDefaultCatalogue } from './defaults/seed-defaults.js';
export { CatalogueHttpModule } from './http/catalogue-http.module.js';
