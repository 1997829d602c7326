export { AlarmLoadHttpModule } from './http/alarm-load-http.module.js';
