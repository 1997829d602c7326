import type { Parsed } from './voice.js';

interface Box {
  type: string;
  /** Where the whole box and its content begin, and where both end. */
  at: number;
  from: number;
  end: number;
}

/** Boxes that hold nothing but boxes, as far as we look into them. */
const holders = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'mvex', 'moof', 'traf', 'edts']);
/** What the sound needs; all others (udta, meta, uuid, free, …) are blanked. */
const kept = new Set(
  'ftyp styp moov mvhd trak tkhd edts elst mdia mdhd hdlr minf smhd dinf stbl stsd stts stsc stsz stco co64 sgpd sbgp mvex mehd trex moof mfhd traf tfhd tfdt trun mdat sidx mfra'.split(
    ' ',
  ),
);
const codecs = ['mp4a', 'Opus'];

/**
 * One AAC or Opus track in MP4 (ISO/IEC 14496-12), whole or in fragments, as Safari's MediaRecorder makes it. Boxes that do not
 * belong to the sound become `free` boxes full of zeros: nothing moves, so the offsets in the file stay true.
 */
export function isoVoice(original: Buffer): Parsed {
  const bytes = Buffer.from(original);
  const boxes = boxesOf(bytes, 0, bytes.length);
  const all = (type: string) => boxes.filter((box) => box.type === type);
  const [movie, handler, description] = [all('mvhd')[0], all('hdlr')[0], all('stsd')[0]];
  if (!movie || !handler || !description || all('trak').length !== 1 || all('mdat').length === 0) return undefined;
  if (text(bytes, handler.from + 8) !== 'soun' || !codecs.includes(text(bytes, description.from + 12)))
    return undefined;
  const durationMs = Math.max(wholeMs(bytes, movie), fragmentsMs(bytes, boxes));
  for (const box of boxes) if (!kept.has(box.type)) blank(bytes, box);
  for (const type of ['mvhd', 'tkhd', 'mdhd']) for (const box of all(type)) forgetTimes(bytes, box);
  // The name behind the handler is free text.
  for (const box of all('hdlr')) bytes.fill(0, Math.min(box.from + 24, box.end), box.end);
  return { bytes, durationMs: Math.round(durationMs) };
}

const text = (bytes: Buffer, at: number): string => bytes.toString('latin1', at, at + 4);

/** All boxes, those within holders too. @throws RangeError when a length points outside */
function boxesOf(bytes: Buffer, from: number, end: number, depth = 0): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at < end;) {
    const size = bytes.readUInt32BE(at);
    const head = size === 1 ? 16 : 8;
    const length = size === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : size === 0 ? end - at : size;
    if (length < head || at + length > end) throw new RangeError('a box ends outside');
    const box = { type: text(bytes, at + 4), at, from: at + head, end: at + length };
    boxes.push(box);
    if (holders.has(box.type) && depth < 8) boxes.push(...boxesOf(bytes, box.from, box.end, depth + 1));
    at = box.end;
  }
  return boxes;
}

function blank(bytes: Buffer, { at, from, end }: Box): void {
  bytes.write('free', at + 4, 'latin1');
  bytes.fill(0, from, end);
}

/** Creation and change: the app says when, and shows it. */
function forgetTimes(bytes: Buffer, { from }: Box): void {
  bytes.fill(0, from + 4, from + 4 + (bytes.readUInt8(from) === 1 ? 16 : 8));
}

function scaleOf(bytes: Buffer, { from }: Box): { scale: number; duration: number } {
  return bytes.readUInt8(from) === 1
    ? { scale: bytes.readUInt32BE(from + 20), duration: Number(bytes.readBigUInt64BE(from + 24)) }
    : { scale: bytes.readUInt32BE(from + 12), duration: bytes.readUInt32BE(from + 16) };
}

function wholeMs(bytes: Buffer, movie: Box): number {
  const { scale, duration } = scaleOf(bytes, movie);
  // All bits set: not known when it was written.
  return scale > 0 && duration !== 0xffffffff ? (duration / scale) * 1000 : 0;
}

/** Fragments tell the length of each sample, or one for all of them. */
function fragmentsMs(bytes: Buffer, boxes: Box[]): number {
  const media = boxes.find(({ type }) => type === 'mdhd');
  const { scale } = media ? scaleOf(bytes, media) : { scale: 0 };
  const defaults = boxes.find(({ type }) => type === 'trex');
  const usual = defaults ? bytes.readUInt32BE(defaults.from + 12) : 0;
  let ticks = 0;
  let ofFragment = usual;
  for (const box of boxes) {
    if (box.type === 'tfhd') ofFragment = usualOfFragment(bytes, box) ?? usual;
    if (box.type === 'trun') ticks += ticksOf(bytes, box, ofFragment);
  }
  return scale > 0 ? (ticks / scale) * 1000 : 0;
}

function usualOfFragment(bytes: Buffer, { from }: Box): number | undefined {
  const flags = bytes.readUIntBE(from + 1, 3);
  if (!(flags & 0x8)) return undefined;
  return bytes.readUInt32BE(from + 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0));
}

function ticksOf(bytes: Buffer, { from, end }: Box, usual: number): number {
  const flags = bytes.readUIntBE(from + 1, 3);
  const samples = bytes.readUInt32BE(from + 4);
  if (!(flags & 0x100)) return samples * usual;
  const first = from + 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
  const step = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
  if (first + samples * step > end) throw new RangeError('a run ends outside');
  let ticks = 0;
  for (let n = 0; n < samples; n += 1) ticks += bytes.readUInt32BE(first + n * step);
  return ticks;
}
