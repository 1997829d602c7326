export { type HealthCheck, HealthRegistry, Unwell } from './health-registry.js';
export { HealthHttpModule, HealthModule } from './health.module.js';
export { measureRequests } from './http-metrics.js';
export { MetricsWindow } from './metrics-window.js';
export { Probes } from './probes.js';
