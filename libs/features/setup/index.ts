export { SetupHttpModule } from './http/setup-http.module.js';
export { decideSiteKind, type StartedSite } from './site-kind.js';
