export { createMqttStrategy, type MqttStrategyOptions } from './mqtt-strategy.js';
export { SensingModule, type SensingOptions } from './sensing.module.js';
