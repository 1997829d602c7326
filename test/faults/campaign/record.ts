import { readFile } from 'node:fs/promises';

const entryBytes = 8;
/** Times further apart are another span: a clock has jumped. */
const gapMs = 60_000;

/** A part of a device's time within which everything acknowledged is known. */
export interface Span {
  deviceId: string;
  from: number;
  /** Exclusive. */
  to: number;
  acknowledged: number;
}

/** Times that were acknowledged, by device, sorted and distinct; from the file that the publishers wrote. */
export async function readRecord(path: string, deviceIds: readonly string[]): Promise<Map<string, Float64Array>> {
  const bytes = await readFile(path);
  const times = new Map<number, Set<number>>();
  for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
    const device = bytes.readUInt16BE(at);
    let known = times.get(device);
    if (!known) times.set(device, (known = new Set()));
    known.add(bytes.readUIntBE(at + 2, 6));
  }
  return new Map([...times].map(([device, known]) => [deviceIds[device]!, Float64Array.from(known).sort()]));
}

export function spansOf(record: ReadonlyMap<string, Float64Array>): Span[] {
  const spans: Span[] = [];
  for (const [deviceId, times] of record) {
    let span: Span | undefined;
    for (const ts of times) {
      if (!span || ts - span.to > gapMs) spans.push((span = { deviceId, from: ts, to: ts + 1, acknowledged: 0 }));
      span.to = ts + 1;
      span.acknowledged += 1;
    }
  }
  return spans;
}

/** What is on one side only, and what is there more than once. Both sorted. */
export function compareTimes(
  acknowledged: Float64Array,
  stored: Float64Array,
): { missing: number; doubled: number; foreign: number } {
  const result = { missing: 0, doubled: 0, foreign: 0 };
  let at = 0;
  let previous = Number.NaN;
  for (const ts of stored) {
    if (ts === previous) {
      result.doubled += 1;
      continue;
    }
    previous = ts;
    for (; at < acknowledged.length && acknowledged[at]! < ts; at += 1) result.missing += 1;
    if (acknowledged[at] === ts) {
      while (acknowledged[at] === ts) at += 1;
    } else result.foreign += 1;
  }
  result.missing += acknowledged.length - at;
  return result;
}
