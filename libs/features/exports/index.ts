export { ExportsHttpModule } from './http/exports-http.module.js';
