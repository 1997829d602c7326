import type { Metric, RejectReason } from '@sc/contracts';
import type { RegisteredDevice } from '@sc/features/devices';
import type { InboundMessage } from '@sc/platform/mqtt';
import type { ReadingValue } from '@sc/platform/time-series';
import type { DecodedBatch } from './decode-batch.js';
import { inputOf } from './device-event.js';
import type { LimitValues } from './limit-values.js';
import { type MetricCatalogue, rejectTime, rejectValue } from './metric-catalogue.js';
import type { Refusals } from './refused-readings.js';
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
      const over =
        wrong || known?.atMost === undefined
          ? undefined
          : exceeded(value, limitBeside(known.atMost, values, metrics) ?? limits.of(deviceId, known.atMost));
      if (!wrong && over === undefined) {
        if (limiting?.has(metric)) limits.learn(deviceId, metric, ts, value);
        // one object for the store and for detection: the garbage of a message is much of its cost
        const reading = { kind: 'reading' as const, deviceId, domain, metric, ts, value, receivedAt: firstReceivedAt };
        out.readings.push(reading);
        out.inputs.push(reading);
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
}

/** The limiting value that came with it, if it is usable. */
function limitBeside(
  name: string,
  values: Record<string, ReadingValue>,
  metrics: ReadonlyMap<string, Metric> | undefined,
): number | undefined {
  const beside = Object.hasOwn(values, name) ? values[name] : undefined;
  return typeof beside === 'number' && !rejectValue(metrics?.get(name), beside) ? beside : undefined;
}

/** The limit, if the value is over it. */
const exceeded = (value: ReadingValue, limit: number | undefined): number | undefined =>
  typeof value === 'number' && limit !== undefined && value > limit ? limit : undefined;
