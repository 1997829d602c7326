import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { Settings } from '@sc/platform/config';
import type { EmbeddedMqttStrategy, ExternalBrokerStrategy } from '@sc/platform/mqtt';
import { serverCertificate, watchCertificate } from '@sc/platform/tls';
import { createEmbeddedStrategy, type EmbeddedSource } from './embedded-source.js';
import { createExternalStrategy, type ExternalSource } from './external-source.js';

/** Where devices speak: at our own port, or at a broker elsewhere. */
export type MqttSourceOptions = EmbeddedSource | ExternalSource;

/** What the settings ask for. @throws TlsError in one line when the certificate for MQTTS_PORT cannot be used */
export async function mqttSource(settings: Settings): Promise<MqttSourceOptions> {
  const { MQTT_URL, MQTT_PORT, MQTTS_PORT, DATA_DIR } = settings;
  if (MQTT_URL) return { url: MQTT_URL, brokerFiles: join(DATA_DIR, 'mosquitto') };
  if (MQTTS_PORT === undefined) return { port: MQTT_PORT };
  const read = () => serverCertificate(settings);
  const current = await read();
  return {
    port: MQTT_PORT,
    tls: { port: MQTTS_PORT, cert: current.cert, key: current.key },
    watchCertificate: (onChange, onError) => watchCertificate({ current, read, onChange, onError }),
  };
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
