export { EmbeddedBroker, type BrokerStatus } from './embedded-broker.js';
export { EmbeddedMqttStrategy, type EmbeddedMqttOptions } from './embedded-mqtt-strategy.js';
export { MqttBatch, type InboundBatch, type InboundMessage } from './message.js';
export { type BrokerLimits, type BrokerOptions, type Credentials, type Login, type Refusal } from './options.js';
