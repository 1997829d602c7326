export { MapHttpModule } from './http/map-http.module.js';
