import type { DomainName } from './domain.js';
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

/** Each part is a slug, so what matches is well-formed: this runs for every message. */
const pattern = /^sc\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/(telemetry|event|status|reply|command)$/;

/** The topic's parts, or `undefined` when it is not one of a native device. */
export function parseTopic(topic: string): DeviceTopic | undefined {
  const match = pattern.exec(topic);
  if (!match) return undefined;
  return { domain: match[1]!, deviceId: `${match[2]}/${match[3]}`, channel: match[4] as Channel };
}

/** `sc/{domain}/{community}/{device}/{channel}`. */
export function formatTopic({ domain, deviceId, channel }: DeviceTopic): string {
  return `sc/${domain}/${deviceId}/${channel}`;
}
