export { StaffingHttpModule } from './http/staffing-http.module.js';
