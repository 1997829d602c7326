import { setTimeout as wait } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { domainByName } from '@sc/domains';
import { parseTopic } from '@sc/contracts';
import { DeviceRegistry } from '@sc/features/devices';
import {
  BrokerSecurityLog,
  ConnectionState,
  DeviceLogin,
  IngestService,
  MessageReplayer,
} from '@sc/features/telemetry';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { whilePostgresIsAway } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type BrokerLimits, EmbeddedMqttStrategy } from '@sc/platform/mqtt';

/** What is written last is only for people to look at: a PostgreSQL that does not answer must not hold a stop. */
const lastWritesMs = 3000;

export interface MqttStrategyOptions {
  port: number;
  host?: string;
  limits?: Partial<BrokerLimits>;
  /** How long after a start a device that was online may take to come back before it counts as offline. */
  returnWithinMs?: number;
}

/**
 * The embedded broker, bound to what an application with the SensingModule knows. Give it to
 * `app.connectMicroservice({ strategy })`; it opens its port only after devices, rules and alarms are loaded.
 */
export function createMqttStrategy(app: INestApplicationContext, options: MqttStrategyOptions): EmbeddedMqttStrategy {
  const ingest = app.get(IngestService, { strict: false });
  const login = app.get(DeviceLogin, { strict: false });
  const securityLog = app.get(BrokerSecurityLog, { strict: false });
  const connections = app.get(ConnectionState, { strict: false });
  const registry = app.get(DeviceRegistry, { strict: false });
  const logger = app.get<Logger>(LOGGER, { strict: false });
  const clock = app.get<Clock>(CLOCK, { strict: false });
  const stopping = new AbortController();
  let returned: NodeJS.Timeout | undefined;

  const strategy = new EmbeddedMqttStrategy({
    port: options.port,
    host: options.host,
    limits: options.limits,
    clock,
    logger,
    authenticate: (credentials) => login.check(credentials),
    isLifeSafety: (topic) => domainByName(parseTopic(topic)?.domain ?? '')?.lifeSafety ?? false,
    onRefused: (refusal) => securityLog.add(refusal),
    beforeListen: async () => {
      const onlineBefore = await whilePostgresIsAway(
        async () => {
          await ingest.start();
          return connections.online();
        },
        { clock, logger, signal: stopping.signal },
      );
      returned = setTimeout(
        () => strategy.broker.reviewPresence(onlineBefore),
        options.returnWithinMs ?? 120_000,
      ).unref();
    },
    beforeClose: () => stopping.abort(),
    afterClose: async () => {
      clearTimeout(returned);
      const lastWrites = Promise.all([ingest.stop(), securityLog.flush()]);
      await Promise.race([lastWrites, wait(lastWritesMs, undefined, { ref: false })]);
    },
  });
  app.get(MessageReplayer, { strict: false }).connect((message, signal) => strategy.broker.inject(message, signal));
  registry.onChange(({ deviceId, before, after }) => {
    const same =
      after?.state === 'registered' && before?.domain === after.domain && before.secretHash.equals(after.secretHash);
    if (!same) strategy.broker.disconnect(deviceId);
  });
  return strategy;
}
