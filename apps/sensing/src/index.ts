export { registerSensingHealth } from './health.js';
export { createMqttStrategy, mqttSource, type MqttSourceOptions } from './mqtt-strategy.js';
export { SensingModule, type SensingOptions } from './sensing.module.js';
