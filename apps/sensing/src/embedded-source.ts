import type { INestApplicationContext } from '@nestjs/common';
import { parseTopic } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { BridgeReconciler } from '@sc/features/cameras';
import { BridgeRegistry, DeviceRegistry } from '@sc/features/devices';
import { BrokerSecurityLog, ConnectionState, DeviceLogin, MessageReplayer } from '@sc/features/telemetry';
import { type BrokerLimits, EmbeddedMqttStrategy, type ServerCertificate } from '@sc/platform/mqtt';
import { SourceLife } from './source-life.js';

export interface EmbeddedSource {
  port: number;
  /** The same over TLS, beside it. */
  tls?: ServerCertificate & { port: number };
  /** Tells of a renewed certificate. Returns how to end that. */
  watchCertificate?: (onChange: (next: ServerCertificate) => void, onError: (error: unknown) => void) => () => void;
  host?: string;
  limits?: Partial<BrokerLimits>;
  /** How long after a start a device that was online may take to come back before it counts as offline. */
  returnWithinMs?: number;
}

/** The broker in this process: it knows who logs in, so it says who is online. */
export function createEmbeddedStrategy(app: INestApplicationContext, options: EmbeddedSource): EmbeddedMqttStrategy {
  const life = new SourceLife(app);
  const login = app.get(DeviceLogin, { strict: false });
  const securityLog = app.get(BrokerSecurityLog, { strict: false });
  const connections = app.get(ConnectionState, { strict: false });
  let returned: NodeJS.Timeout | undefined;
  let endWatch: (() => void) | undefined;

  const strategy = new EmbeddedMqttStrategy({
    port: options.port,
    tls: options.tls,
    host: options.host,
    limits: options.limits,
    clock: life.clock,
    logger: life.logger,
    authenticate: (credentials) => login.check(credentials),
    isLifeSafety: (topic) => domainByName(parseTopic(topic)?.domain ?? '')?.lifeSafety ?? false,
    onRefused: (refusal) => securityLog.add(refusal),
    beforeListen: async () => {
      const onlineBefore = await life.start(() => connections.online());
      const review = () => strategy.broker.reviewPresence(onlineBefore);
      returned = setTimeout(review, options.returnWithinMs ?? 120_000).unref();
      endWatch = options.watchCertificate?.(
        (next) => strategy.broker.renewCertificate(next),
        (err) => life.logger.error({ err }, 'certificate for mqtt not renewed: the old one stays in use'),
      );
    },
    beforeClose: () => life.stopAsked(),
    afterClose: async () => {
      clearTimeout(returned);
      endWatch?.();
      await life.end(() => securityLog.flush());
    },
  });
  app.get(BridgeReconciler, { strict: false }).connect((message, signal) => strategy.broker.inject(message, signal));
  app.get(MessageReplayer, { strict: false }).connect((message, signal) => strategy.broker.inject(message, signal));
  app.get(DeviceRegistry, { strict: false }).onChange(({ deviceId, before, after }) => {
    const same =
      after?.state === 'registered' && before?.domain === after.domain && before.secretHash.equals(after.secretHash);
    if (!same) strategy.broker.disconnect(deviceId);
  });
  app.get(BridgeRegistry, { strict: false }).onChange(({ bridgeId, before, after }) => {
    const same = after?.state === 'registered' && before?.secretHash.equals(after.secretHash);
    if (!same) strategy.broker.disconnect(bridgeId);
  });
  return strategy;
}
