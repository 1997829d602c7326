import { exifWithOrientation, orientationOf } from './orientation.js';

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;
const app0 = 0xe0;
const app1 = 0xe1;
const app15 = 0xef;
const comment = 0xfe;

/** Colour depends on these two: the ICC profile and Adobe's colour transform. */
const keptSignatures: Record<number, string> = { 0xe0: 'JFIF\0', 0xe2: 'ICC_PROFILE\0', 0xee: 'Adobe' };

/**
 * Copies a JPEG without its application segments and comments (EXIF with place and camera, XMP, IPTC, thumbnails) and
 * without anything after its end, where phones put films and further pictures. Only the orientation is kept, else
 * photos would lie on their side. `undefined` when it is not a whole JPEG (ISO/IEC 10918-1 annex B).
 */
export function stripJpeg(bytes: Buffer): Buffer | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== soi) return undefined;
  const kept: Buffer[] = [];
  let orientation: number | undefined;
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === eoi) return assemble(kept, orientation);
    if (at + 4 > bytes.length) return undefined;
    const length = bytes.readUInt16BE(at + 2);
    let end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    const body = bytes.subarray(at + 4, end);
    if (marker === app1) orientation ??= orientationOf(body);
    if (marker === sos) end = endOfScan(bytes, end);
    if (isKept(marker, body)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

function assemble(segments: Buffer[], orientation: number | undefined): Buffer {
  const exif = orientation === undefined ? [] : [exifWithOrientation(orientation)];
  return Buffer.concat([Buffer.from([0xff, soi]), ...exif, ...segments, Buffer.from([0xff, eoi])]);
}

function isKept(marker: number, body: Buffer): boolean {
  if (marker === comment) return false;
  if (marker < app0 || marker > app15) return true;
  const signature = keptSignatures[marker];
  return signature !== undefined && body.subarray(0, signature.length).toString('latin1') === signature;
}

/** Coded data runs to the next marker; FF 00 is a data byte, FF D0…D7 a restart inside the data. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] as number;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
