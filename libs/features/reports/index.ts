export { ReportsHttpModule } from './http/reports-http.module.js';
