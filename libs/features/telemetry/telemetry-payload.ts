import { maxReadingsPerMessage, telemetryPayloadSchema } from '@sc/contracts';
import type { ReadingValue } from '@sc/platform/time-series';

/** `ts` in ms since the epoch; undefined when the device sent none. */
export interface TelemetryEntry {
  ts: number | undefined;
  values: Record<string, ReadingValue>;
}

const metricName = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
const maxValues = 64;
const maxTs = 8_640_000_000_000_000;

/**
 * The entries of a telemetry payload, or what is wrong with it. The schema of the contract decides; the usual shape is
 * recognised without it, because this runs for every message.
 */
export function readTelemetry(json: unknown): TelemetryEntry[] | { issue: string } {
  const usual = Array.isArray(json) ? usualArray(json) : usualEntry(json, false);
  if (usual) return Array.isArray(usual) ? usual : [usual];
  const result = telemetryPayloadSchema.safeParse(json);
  if (!result.success) return { issue: firstIssue(result.error) };
  const entries = Array.isArray(result.data) ? result.data : [result.data];
  return entries.map(({ ts, values }) => ({ ts: toMs(ts), values }));
}

/** ms since the epoch of what `timestampSchema` let through. */
export function toMs(ts: number | string | undefined): number | undefined {
  return typeof ts === 'string' ? Date.parse(ts) : ts;
}

/** The first thing wrong, short enough for a dead letter. */
export function firstIssue(error: { issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.map(String).join('.') || 'payload'}: ${issue.message}`.slice(0, 300) : 'does not match';
}

function usualArray(json: unknown[]): TelemetryEntry[] | undefined {
  if (json.length === 0 || json.length > maxReadingsPerMessage) return undefined;
  const entries: TelemetryEntry[] = [];
  for (const one of json) {
    const entry = usualEntry(one, true);
    if (!entry) return undefined;
    entries.push(entry);
  }
  return entries;
}

/** Undefined means only "not the usual shape": the schema then decides. */
function usualEntry(json: unknown, needsTs: boolean): TelemetryEntry | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { ts, values } = json as { ts?: unknown; values?: unknown };
  if (ts === undefined) {
    if (needsTs || 'ts' in json) return undefined;
  } else if (typeof ts !== 'number' || !Number.isSafeInteger(ts) || ts < 0 || ts > maxTs) return undefined;
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return undefined;
  let count = 0;
  for (const name in values) {
    count += 1;
    const value = (values as Record<string, unknown>)[name];
    if (count > maxValues || !metricName.test(name)) return undefined;
    if (
      typeof value === 'number'
        ? !Number.isFinite(value)
        : typeof value === 'string'
          ? value.length > 256
          : typeof value !== 'boolean'
    )
      return undefined;
  }
  return count === 0 ? undefined : { ts, values: values as Record<string, ReadingValue> };
}
