import { maxPayloadBytes, parseTopic, type RejectReason, statusPayloadSchema } from '@sc/contracts';
import type { DetectionInput } from '@sc/features/detection';
import type { RegisteredDevice } from '@sc/features/devices';
import type { InboundBatch, InboundMessage } from '@sc/platform/mqtt';
import type { Reading } from '@sc/platform/time-series';
import type { BridgeMessages } from './bridge-messages.js';
import type { Connection } from './connection-state.js';
import type { DeadLetter } from './dead-letters.js';
import { decodeTelemetry, type TelemetryKnowledge } from './decode-telemetry.js';
import { type DeviceEvent, inputOf, readEvent } from './device-event.js';
import { rejectTime } from './metric-catalogue.js';
import { firstIssue } from './telemetry-payload.js';

/** What a batch says, sorted by where it goes. */
export interface DecodedBatch {
  readings: Reading[];
  events: DeviceEvent[];
  /** Readings and events in the order of their messages. */
  inputs: DetectionInput[];
  deadLetters: DeadLetter[];
  connections: Map<string, Connection>;
  lastSeen: Map<string, number>;
}

interface Knowledge extends TelemetryKnowledge {
  device(deviceId: string): RegisteredDevice | undefined;
  bridges: Pick<BridgeMessages, 'decode' | 'presence' | 'tick'>;
}

/**
 * Reads the messages of a batch. Never throws for anything a device can send: what cannot be used becomes a dead letter.
 * In a telemetry message whose shape is right, only the bad values are left out; the good ones are kept.
 */
export function decodeBatch(batch: InboundBatch, knowledge: Knowledge): DecodedBatch {
  const decoded: DecodedBatch = {
    readings: [],
    events: [],
    inputs: [],
    deadLetters: [],
    connections: new Map(),
    lastSeen: new Map(),
  };
  const { bridges } = knowledge;
  for (const message of batch.messages)
    if (!bridges.decode(message, decoded)) decodeMessage(message, knowledge, decoded);
  for (const [id, connection] of batch.presence)
    if (!bridges.presence(id, connection, batch.asOf, decoded)) decoded.connections.set(id, connection);
  bridges.tick(batch.asOf, decoded);
  return decoded;
}

function decodeMessage(message: InboundMessage, knowledge: Knowledge, out: DecodedBatch): void {
  const reject = (reason: RejectReason, detail: string): void => void out.deadLetters.push({ message, reason, detail });
  const topic = parseTopic(message.topic);
  const device = knowledge.device(message.deviceId);
  if (!device || device.state !== 'registered') return reject('unregistered-device', 'not in the registry');
  if (!topic || topic.domain !== device.domain) return reject('wrong-domain', `registered as ${device.domain}`);
  // a message taken in again is not a sign of life, nor is what a broker remembers
  if (message.firstReceivedAt === undefined && !message.remembered) out.lastSeen.set(device.id, message.receivedAt);
  if (message.payloadBytes > maxPayloadBytes) return reject('too-large', `${message.payloadBytes} bytes`);
  // an empty retained message takes back an earlier one [MQTT-3.3.1-10]
  if (topic.channel === 'status' && message.payloadBytes === 0) return;
  if (topic.channel !== 'telemetry' && topic.channel !== 'event' && topic.channel !== 'status')
    return reject('unsupported-channel', topic.channel);
  let json: unknown;
  try {
    json = JSON.parse(message.payload.toString('utf8'));
  } catch {
    return reject('not-json', 'not JSON');
  }
  if (topic.channel === 'telemetry') return decodeTelemetry(message, device, json, knowledge, reject, out);
  if (topic.channel === 'event') return decodeEvent(message, device, json, reject, out);
  const status = statusPayloadSchema.safeParse(json);
  if (!status.success) return reject('schema-mismatch', firstIssue(status.error));
  if (message.firstReceivedAt === undefined) out.connections.set(device.id, status.data.state);
}

function decodeEvent(
  { receivedAt, firstReceivedAt = receivedAt }: InboundMessage,
  { id: deviceId, domain }: RegisteredDevice,
  json: unknown,
  reject: (reason: RejectReason, detail: string) => void,
  out: DecodedBatch,
): void {
  const event = readEvent(json, deviceId, firstReceivedAt);
  if ('issue' in event) return reject('schema-mismatch', event.issue);
  const wrong = rejectTime(undefined, event.ts, receivedAt);
  if (wrong) return reject(wrong, `${event.type}@${event.ts}`);
  out.events.push(event);
  out.inputs.push(inputOf(event, domain));
}
