import { domainNameSchema, type DomainName } from './domain.js';
import type { DeviceId } from './ids.js';

/** What a native device publishes, and what it may subscribe to. */
export const inboundChannels = ['telemetry', 'event', 'status', 'reply'] as const;
export type InboundChannel = (typeof inboundChannels)[number];
export type Channel = InboundChannel | 'command';

export interface DeviceTopic {
  domain: DomainName;
  deviceId: DeviceId;
  channel: Channel;
}

const pattern = /^sc\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/(telemetry|event|status|reply|command)$/;

/** The topic's parts, or `undefined` when it is not one of a native device. */
export function parseTopic(topic: string): DeviceTopic | undefined {
  const match = pattern.exec(topic);
  if (!match) return undefined;
  const domain = domainNameSchema.safeParse(match[1]);
  if (!domain.success) return undefined;
  return { domain: domain.data, deviceId: `${match[2]}/${match[3]}`, channel: match[4] as Channel };
}

/** `sc/{domain}/{community}/{device}/{channel}`. */
export function formatTopic({ domain, deviceId, channel }: DeviceTopic): string {
  return `sc/${domain}/${deviceId}/${channel}`;
}
