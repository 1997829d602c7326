export { LiveHttpModule } from './http/live-http.module.js';
