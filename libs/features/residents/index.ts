export { ResidentsHttpModule } from './http/residents-http.module.js';
export { ResidentHandlersModule } from './resident-handlers.module.js';
