import type { INestApplicationContext } from '@nestjs/common';
import { domains } from '@sc/domains';
import { BridgeReconciler } from '@sc/features/cameras';
import { BridgeRegistry, BrokerFiles, DeviceRegistry } from '@sc/features/devices';
import { MessageReplayer } from '@sc/features/telemetry';
import { DATABASE } from '@sc/platform/database';
import { type ExternalLimits, ExternalBrokerStrategy, parseBrokerAddress } from '@sc/platform/mqtt';
import { SourceLife } from './source-life.js';

export interface ExternalSource {
  /** Of the broker, with user name and password. */
  url: string;
  limits?: Partial<ExternalLimits>;
  /** Folder for the password and permission files of Mosquitto; left out, none are written. */
  brokerFiles?: string;
}

/** A broker elsewhere: it checks who speaks, by the files that we write for it; online is whose `status` topic says so. */
export function createExternalStrategy(app: INestApplicationContext, options: ExternalSource): ExternalBrokerStrategy {
  const life = new SourceLife(app);
  const { clock, logger } = life;
  const { url, limits, brokerFiles } = options;
  const devices = app.get(DeviceRegistry, { strict: false });
  const bridges = app.get(BridgeRegistry, { strict: false });
  const files =
    brokerFiles === undefined
      ? undefined
      : new BrokerFiles(app.get(DATABASE, { strict: false }), [devices, bridges], logger, {
          directory: brokerFiles,
          platform: parseBrokerAddress(url),
        });
  const strategy = new ExternalBrokerStrategy({
    url,
    domains,
    foreignTopics: {
      filters: () => bridges.registered().map(({ topicPrefix }) => `${topicPrefix}/#`),
      ownerOf: (topic) => bridges.ofTopic(topic)?.id,
    },
    limits,
    clock,
    logger,
    beforeListen: () => life.start(async () => files?.start()),
    beforeClose: () => life.stopAsked(),
    afterClose: () => life.end(async () => files?.stop()),
  });
  bridges.onChange(() => strategy.broker.reviewSubscriptions());
  app.get(BridgeReconciler, { strict: false }).connect((message, signal) => strategy.broker.inject(message, signal));
  app.get(MessageReplayer, { strict: false }).connect((message, signal) => strategy.broker.inject(message, signal));
  return strategy;
}
