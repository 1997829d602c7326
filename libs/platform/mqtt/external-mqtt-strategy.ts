import { ExternalBroker } from './external-broker.js';
import type { ExternalBrokerOptions } from './external-options.js';
import { type MqttHooks, MqttStrategy } from './mqtt-strategy.js';

export interface ExternalMqttOptions extends ExternalBrokerOptions, MqttHooks {}

/** A broker elsewhere as a NestJS transport. It listens without waiting for that broker: one that is away is tried again. */
export class ExternalBrokerStrategy extends MqttStrategy<ExternalBroker> {
  constructor(options: ExternalMqttOptions) {
    super(options, (handle) => new ExternalBroker(options, handle));
  }
}
