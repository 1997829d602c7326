const header = 'Exif\0\0';
const orientationTag = 0x0112;

/** The EXIF orientation (1…8) in the body of an APP1 segment; `undefined` when it has none or is damaged. */
export function orientationOf(body: Buffer): number | undefined {
  if (body.subarray(0, 6).toString('latin1') !== header) return undefined;
  const tiff = body.subarray(6);
  try {
    const order = tiff.subarray(0, 2).toString('latin1');
    if (order !== 'II' && order !== 'MM') return undefined;
    const u16 = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
    const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
    for (let entry = 0; entry < u16(directory); entry += 1) {
      const at = directory + 2 + entry * 12;
      if (u16(at) !== orientationTag) continue;
      const value = u16(at + 8);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  } catch {
    // offsets that point outside: whoever made it, there is no orientation to keep
  }
  return undefined;
}

/** A whole APP1 segment that says nothing but the orientation. */
export function exifWithOrientation(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(orientationTag, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(2 + header.length + tiff.length);
  return Buffer.concat([Buffer.from([0xff, 0xe1]), length, Buffer.from(header, 'latin1'), tiff]);
}
