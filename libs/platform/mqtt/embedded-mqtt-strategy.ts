import { EmbeddedBroker } from './embedded-broker.js';
import { type MqttHooks, MqttStrategy } from './mqtt-strategy.js';
import type { BrokerOptions } from './options.js';

export interface EmbeddedMqttOptions extends BrokerOptions, MqttHooks {}

/** The broker in this process as a NestJS transport; its port opens after `beforeListen`. */
export class EmbeddedMqttStrategy extends MqttStrategy<EmbeddedBroker> {
  constructor(options: EmbeddedMqttOptions) {
    super(options, (handle) => new EmbeddedBroker(options, handle));
  }
}
