export { DispatchModule } from './dispatch.module.js';
export { registerDispatchHealth } from './health.js';
export { createJobsStrategy } from './jobs-strategy.js';
