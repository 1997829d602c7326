export { type MqttHooks, type MqttSource, type MqttStatus } from './mqtt-strategy.js';
export { EmbeddedBroker } from './embedded-broker.js';
export { EmbeddedMqttStrategy, type EmbeddedMqttOptions } from './embedded-mqtt-strategy.js';
export { ExternalBrokerStrategy, type ExternalMqttOptions } from './external-mqtt-strategy.js';
export { ExternalBroker } from './external-broker.js';
export { type ExternalLimits, type ForeignTopics } from './external-options.js';
export { parseBrokerAddress } from './broker-address.js';
export { MqttBatch, type BatchHandler, type InboundBatch, type InboundMessage, type Keep } from './message.js';
export {
  type BrokerLimits,
  type BrokerOptions,
  type BrokerStatus,
  type Credentials,
  type Login,
  type Refusal,
  type ServerCertificate,
} from './options.js';
