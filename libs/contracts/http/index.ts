export * from './alarms.js';
export * from './areas.js';
export * from './common.js';
export * from './devices.js';
export * from './incidents.js';
export * from './operations.js';
export * from './people.js';
export * from './work-orders.js';
