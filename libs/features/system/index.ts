export { SystemModule } from './system.module.js';
export { SystemHttpModule } from './http/system-http.module.js';
export { watchedMetrics } from './figures.js';
