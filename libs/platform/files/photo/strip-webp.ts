const kept = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Bits of VP8X that announce EXIF and XMP chunks. */
const metadataFlags = 0x08 | 0x04;

/** Copies a WebP with only the chunks that make the picture. `undefined` when it is not a whole WebP (RFC 9649). */
export function stripWebp(bytes: Buffer): Buffer | undefined {
  const text = (at: number) => bytes.subarray(at, at + 4).toString('latin1');
  if (bytes.length < 20 || text(0) !== 'RIFF' || text(8) !== 'WEBP') return undefined;
  const size = 8 + bytes.readUInt32LE(4);
  if (size > bytes.length) return undefined;
  const parts: Buffer[] = [];
  let at = 12;
  while (at + 8 <= size) {
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > size) return undefined;
    // Chunks are padded to an even length; a missing last pad byte is made good.
    const chunk = Buffer.alloc(8 + length + (length % 2));
    bytes.copy(chunk, 0, at, at + 8 + length);
    if (text(at) === 'VP8X' && length > 0) chunk[8] = (chunk[8] as number) & ~metadataFlags;
    if (kept.has(text(at))) parts.push(chunk);
    at += chunk.length;
  }
  if (!parts.length) return undefined;
  const body = Buffer.concat(parts);
  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  header.writeUInt32LE(4 + body.length, 4);
  return Buffer.concat([header, body]);
}
