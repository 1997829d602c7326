export { DispatchModule } from './dispatch.module.js';
