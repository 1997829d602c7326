export { SetupHttpModule } from './http/setup-http.module.js';
export { decideSiteKind, isDemoSite, type StartedSite } from './site-kind.js';
