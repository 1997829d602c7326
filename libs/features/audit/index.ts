export { AuditHttpModule } from './http/audit-http.module.js';
