import { eventPayloadSchema, readingRefusedEvent } from '@sc/contracts';
import type { EventInput } from '@sc/features/detection';
import { firstIssue, toMs } from './telemetry-payload.js';

/** An event of a device as it is stored. */
export interface DeviceEvent {
  deviceId: string;
  /** Identity within the device: its own id, or type and time. */
  eventKey: string;
  type: string;
  ts: number;
  receivedAt: number;
  data: Record<string, unknown>;
  /** `data` as PostgreSQL takes it. */
  dataJson: string;
}

export function readEvent(json: unknown, deviceId: string, receivedAt: number): DeviceEvent | { issue: string } {
  const result = eventPayloadSchema.safeParse(json);
  if (!result.success) return { issue: firstIssue(result.error) };
  const { id, type, data = {} } = result.data;
  if (type === readingRefusedEvent) return { issue: `type: ${type} is written by the platform` };
  const ts = toMs(result.data.ts) ?? receivedAt;
  const dataJson = JSON.stringify(data);
  if (id?.includes('\0') || holdsUnstorable(dataJson))
    return { issue: 'data: holds a character that cannot be stored' };
  // prefixes keep a device's own ids from meeting the identities that we make
  const eventKey = id === undefined ? `t:${type}@${ts}` : `i:${id.toWellFormed()}`;
  return { deviceId, eventKey, type, ts, receivedAt, data, dataJson };
}

/** What detection sees of it. */
export function inputOf({ deviceId, type, ts, eventKey, data, receivedAt }: DeviceEvent, domain: string): EventInput {
  return { kind: 'event', deviceId, domain, type, ts, eventKey, data, receivedAt };
}

/** `jsonb` refuses NUL and lone surrogates, which `JSON.stringify` writes as escapes; a refused row would stop its whole batch. */
function holdsUnstorable(json: string): boolean {
  return /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/.test(json);
}
