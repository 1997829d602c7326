import type { RejectReason } from '@sc/contracts';
import type { RegisteredDevice } from '@sc/features/devices';
import type { InboundMessage } from '@sc/platform/mqtt';
import type { ReadingValue } from '@sc/platform/time-series';
import type { DecodedBatch } from './decode-batch.js';
import { inputOf } from './device-event.js';
import type { LimitValues } from './limit-values.js';
import { type MetricCatalogue, rejectTime, rejectValue } from './metric-catalogue.js';
import type { Refusals } from './refusals.js';
import { readTelemetry } from './telemetry-payload.js';

/** What readings are checked against. */
export interface TelemetryKnowledge {
  metrics: MetricCatalogue;
  limits: LimitValues;
  refusals: Refusals;
}

const maxPartsInDetail = 10;

/** In a message whose shape is right, only the bad values are left out; the good ones are kept. */
export function decodeTelemetry(
  { receivedAt, firstReceivedAt = receivedAt }: InboundMessage,
  { id: deviceId, domain }: RegisteredDevice,
  json: unknown,
  { metrics: catalogue, limits, refusals }: TelemetryKnowledge,
  reject: (reason: RejectReason, detail: string) => void,
  out: DecodedBatch,
): void {
  const entries = readTelemetry(json);
  if (!Array.isArray(entries)) return reject('schema-mismatch', entries.issue);
  const metrics = catalogue.of(domain);
  const limiting = catalogue.limits(domain);
  let reason: RejectReason | undefined;
  const parts: string[] = [];
  let bad = 0;
  for (const { ts = firstReceivedAt, values } of entries) {
    for (const metric in values) {
      const value = values[metric]!;
      const known = metrics?.get(metric);
      const wrong =
        rejectTime(known, ts, receivedAt) ??
        rejectValue(known, value) ??
        (known || catalogue.admitUnknown(deviceId, metric) ? undefined : 'schema-mismatch');
      const over = wrong || known?.atMost === undefined ? undefined : limitOf(known.atMost, values, value);
      if (!wrong && over === undefined) {
        if (limiting?.has(metric)) limits.learn(deviceId, metric, ts, value);
        out.readings.push({ deviceId, metric, ts, value });
        out.inputs.push({ kind: 'reading', deviceId, domain, metric, ts, value, receivedAt: firstReceivedAt });
        continue;
      }
      const refused = wrong ?? 'value-out-of-range';
      const detail = `${metric}@${ts} ${refused}` + (over === undefined ? '' : `: ${value} > ${known?.atMost} ${over}`);
      const event = refusals.eventOf({ deviceId, reason: refused, ts, receivedAt: firstReceivedAt, detail });
      if (event) {
        out.events.push(event);
        out.inputs.push(inputOf(event, domain));
      }
      reason ??= refused;
      bad += 1;
      if (parts.length < maxPartsInDetail) parts.push(detail);
    }
  }
  if (reason) reject(reason, `${bad} values: ${parts.join(', ')}`);

  /** The limit that the value is over: of the same moment, else the last one the device told. */
  function limitOf(name: string, values: Record<string, ReadingValue>, value: ReadingValue): number | undefined {
    if (typeof value !== 'number') return undefined;
    const beside = Object.hasOwn(values, name) ? values[name] : undefined;
    const usable = typeof beside === 'number' && !rejectValue(metrics?.get(name), beside);
    const limit = usable ? beside : limits.of(deviceId, name);
    return limit !== undefined && value > limit ? limit : undefined;
  }
}
