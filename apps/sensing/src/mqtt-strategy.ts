import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { Settings } from '@sc/platform/config';
import type { EmbeddedMqttStrategy, ExternalBrokerStrategy } from '@sc/platform/mqtt';
import { createEmbeddedStrategy, type EmbeddedSource } from './embedded-source.js';
import { createExternalStrategy, type ExternalSource } from './external-source.js';

/** Where devices speak: at our own port, or at a broker elsewhere. */
export type MqttSourceOptions = EmbeddedSource | ExternalSource;

/** What the settings ask for. */
export function mqttSource({ MQTT_URL, MQTT_PORT, DATA_DIR }: Settings): MqttSourceOptions {
  return MQTT_URL ? { url: MQTT_URL, brokerFiles: join(DATA_DIR, 'mosquitto') } : { port: MQTT_PORT };
}

/**
 * The source of messages, bound to what an application with the SensingModule knows. Give it to
 * `app.connectMicroservice({ strategy })`; it takes nothing in before devices, rules and alarms are loaded.
 */
export function createMqttStrategy(app: INestApplicationContext, options: EmbeddedSource): EmbeddedMqttStrategy;
export function createMqttStrategy(app: INestApplicationContext, options: ExternalSource): ExternalBrokerStrategy;
export function createMqttStrategy(
  app: INestApplicationContext,
  options: MqttSourceOptions,
): EmbeddedMqttStrategy | ExternalBrokerStrategy;
export function createMqttStrategy(
  app: INestApplicationContext,
  options: MqttSourceOptions,
): EmbeddedMqttStrategy | ExternalBrokerStrategy {
  return 'url' in options ? createExternalStrategy(app, options) : createEmbeddedStrategy(app, options);
}
