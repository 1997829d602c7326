/** One element of EBML (RFC 8794): its id as a number, its head and its content. */
export interface Element {
  id: number;
  content: Buffer;
}

/** Live recordings do not know how long they become: all bits of the length are set. */
const unknownLength = -1;

/**
 * The elements side by side in a buffer. One of unknown length ends where an element begins that cannot stand in it, which
 * `endsAt` tells. @throws RangeError when a length points outside
 */
export function elementsOf(bytes: Buffer, endsAt: ReadonlySet<number> = new Set()): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const { id, length, from } = headAt(bytes, at);
    const end = length === unknownLength ? endOfUnknown(bytes, from, endsAt) : from + length;
    if (end > bytes.length) throw new RangeError('an element ends outside');
    elements.push({ id, content: bytes.subarray(from, end) });
    at = end;
  }
  return elements;
}

export function element(id: number, content: Buffer): Buffer {
  const idBytes = Buffer.from(id.toString(16).padStart(2, '0'), 'hex');
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(content.length) | (1n << 56n));
  return Buffer.concat([idBytes, length, content]);
}

export const unsigned = (content: Buffer): number =>
  content.length === 0
    ? 0
    : content.length > 6
      ? Number(content.readBigUInt64BE(content.length - 8))
      : content.readUIntBE(0, content.length);

export const number = (value: number): Buffer => {
  const content = Buffer.alloc(8);
  content.writeBigUInt64BE(BigInt(Math.round(value)));
  return content;
};

/** Flags and block counts are numbers of one to eight bytes whose first bit tells how many. */
export function variable(bytes: Buffer, at: number): { value: number; size: number } {
  const first = bytes.readUInt8(at);
  const size = Math.clz32(first) - 23;
  if (size > 8) throw new RangeError('no number');
  let value = BigInt(first & (0xff >> size));
  let ones = value === BigInt(0xff >> size);
  for (let n = 1; n < size; n += 1) {
    const next = bytes.readUInt8(at + n);
    ones &&= next === 0xff;
    value = (value << 8n) | BigInt(next);
  }
  if (!ones && value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('longer than any file');
  return { value: ones ? unknownLength : Number(value), size };
}

function headAt(bytes: Buffer, at: number): { id: number; length: number; from: number } {
  const idSize = Math.clz32(bytes.readUInt8(at)) - 23;
  if (idSize > 4) throw new RangeError('no element');
  const id = bytes.readUIntBE(at, idSize);
  const { value, size } = variable(bytes, at + idSize);
  return { id, length: value, from: at + idSize + size };
}

function endOfUnknown(bytes: Buffer, from: number, endsAt: ReadonlySet<number>): number {
  if (endsAt.size === 0) return bytes.length;
  for (let at = from; at < bytes.length;) {
    const head = headAt(bytes, at);
    if (endsAt.has(head.id)) return at;
    if (head.length === unknownLength) throw new RangeError('unknown within unknown');
    at = head.from + head.length;
  }
  return bytes.length;
}
