export { HandoversHttpModule } from './http/handovers-http.module.js';
