import { crc32 } from 'node:zlib';
import type { Reading, ReadingValue } from './time-series.js';

type Packed = [deviceId: string, metric: string, ts: number, value: ReadingValue];

/** Bytes of the body, CRC-32 of what follows it, number of readings: each unsigned 32 bit little endian. */
const HEADER_BYTES = 12;
/** What the CRC covers begins here. */
const COVERED_FROM = 8;

/** One batch as a record: header, then a JSON array of [device, metric, ts, value]. */
export function encodeRecord(readings: readonly Reading[]): Buffer {
  const packed = readings.map(({ deviceId, metric, ts, value }): Packed => [deviceId, metric, ts, value]);
  const body = Buffer.from(JSON.stringify(packed));
  const record = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  record.writeUInt32LE(body.length, 0);
  record.writeUInt32LE(readings.length, 8);
  body.copy(record, HEADER_BYTES);
  record.writeUInt32LE(crc32(record.subarray(COVERED_FROM)), 4);
  return record;
}

/**
 * The records of a segment up to the first that is not whole. `damaged` tells that more follows that one, so that it cannot
 * be a tail torn by a crash: acknowledged readings were lost on the disk.
 */
export function decodeRecords(segment: Buffer): { records: Reading[][]; damaged: boolean } {
  const records: Reading[][] = [];
  for (const { start, end, crc } of headers(segment)) {
    if (end > segment.length || crc32(segment.subarray(start + COVERED_FROM, end)) !== crc) {
      return { records, damaged: end < segment.length && segment.subarray(end).some((byte) => byte !== 0) };
    }
    const packed = JSON.parse(segment.toString('utf8', start + HEADER_BYTES, end)) as Packed[];
    records.push(packed.map(([deviceId, metric, ts, value]) => ({ deviceId, metric, ts, value })));
  }
  return { records, damaged: false };
}

/** The number of readings in a segment, by its headers alone. */
export function countReadings(segment: Buffer): number {
  let sum = 0;
  for (const { end, count } of headers(segment)) if (end <= segment.length) sum += count;
  return sum;
}

/** Ends at a header of zeros: the file had grown when the machine went down, but its bytes had not arrived. */
function* headers(segment: Buffer): Iterable<{ start: number; end: number; crc: number; count: number }> {
  for (let start = 0; start + HEADER_BYTES <= segment.length;) {
    const length = segment.readUInt32LE(start);
    if (length === 0) return;
    const end = start + HEADER_BYTES + length;
    yield { start, end, crc: segment.readUInt32LE(start + 4), count: segment.readUInt32LE(start + 8) };
    start = end;
  }
}
