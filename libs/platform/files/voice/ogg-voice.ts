import type { Parsed } from './voice.js';

const headerBytes = 27;
/** Opus counts in 48 kHz whatever it was recorded with (RFC 7845 §4). */
const samplesPerMs = 48;

interface Page {
  head: Buffer;
  body: Buffer;
  serial: number;
  granule: bigint;
}

/**
 * One Opus stream in Ogg (RFC 3533, RFC 7845). Its comment packet is replaced by an empty one; pages of other streams are refused.
 */
export function oggVoice(bytes: Buffer): Parsed {
  const pages = pagesOf(bytes);
  const [first] = pages;
  if (
    !first ||
    first.body.toString('latin1', 0, 8) !== 'OpusHead' ||
    pages.some(({ serial }) => serial !== first.serial)
  )
    return undefined;
  const tagPages = pagesOfTags(pages.slice(1));
  const sound = pages.slice(1 + tagPages);
  if (tagPages === 0 || sound.length === 0) return undefined;
  const preSkip = first.body.readUInt16LE(10);
  const last = sound.reduce((most, { granule }) => (granule > most ? granule : most), 0n);
  const out = [first, emptyTags(first), ...sound].map((page, number) => numbered(page, number));
  return { bytes: Buffer.concat(out), durationMs: Math.max(0, Math.round((Number(last) - preSkip) / samplesPerMs)) };
}

function pagesOf(bytes: Buffer): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes.toString('latin1', at, at + 4) !== 'OggS') return [];
    const segments = bytes.readUInt8(at + 26);
    const headEnd = at + headerBytes + segments;
    let length = 0;
    for (let n = 0; n < segments; n += 1) length += bytes.readUInt8(at + headerBytes + n);
    if (headEnd + length > bytes.length) return [];
    const head = bytes.subarray(at, headEnd);
    const granule = head.readBigInt64LE(6);
    pages.push({ head, body: bytes.subarray(headEnd, headEnd + length), serial: head.readUInt32LE(14), granule });
    at = headEnd + length;
  }
  return pages;
}

/** The comments fill whole pages (RFC 7845 §3); the last of them ends with a segment shorter than 255. */
function pagesOfTags(pages: Page[]): number {
  if (pages[0]?.body.toString('latin1', 0, 8) !== 'OpusTags') return 0;
  return 1 + pages.findIndex(({ head }) => (head.at(-1) ?? 255) < 255 && head.length > headerBytes);
}

function emptyTags(first: Page): Page {
  const body = Buffer.alloc(16);
  body.write('OpusTags', 0, 'latin1');
  const head = Buffer.alloc(headerBytes + 1);
  head.write('OggS', 0, 'latin1');
  head.writeUInt32LE(first.serial, 14);
  head.writeUInt8(1, 26);
  head.writeUInt8(body.length, headerBytes);
  return { head, body, serial: first.serial, granule: 0n };
}

/** Pages count up without a gap, and each carries a checksum over itself. */
function numbered({ head, body }: Page, number: number): Buffer {
  const page = Buffer.concat([head, body]);
  page.writeUInt32LE(number, 18);
  page.writeUInt32LE(0, 22);
  page.writeUInt32LE(checksum(page), 22);
  return page;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

const checksum = (bytes: Buffer): number =>
  bytes.reduce((crc, byte) => ((crc << 8) ^ table[((crc >>> 24) ^ byte) & 0xff]!) >>> 0, 0);
