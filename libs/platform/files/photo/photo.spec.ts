import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { exifWithOrientation, orientationOf } from './orientation.js';
import { mostPhotoBytes, preparePhoto } from './photo.js';
import { stripJpeg } from './strip-jpeg.js';
import { stripPng } from './strip-png.js';
import { stripWebp } from './strip-webp.js';
import { thumbnailOf } from './thumbnail.js';

/** Noise, so that it does not shrink to nothing. */
const picture = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: 'grey', noise: { type: 'gaussian', mean: 128, sigma: 30 } },
  });
/** A black square in two colours: each row packs to almost nothing. */
const aBomb = (edge: number) => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(edge, 0);
  head.writeUInt32BE(edge, 4);
  head[8] = 1;
  const rows = Buffer.alloc(edge * (1 + Math.ceil(edge / 8)));
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([pngHead, ...parts]);
};
const ascii = (text: string) => Buffer.from(text, 'latin1');
const segment = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const soi = Buffer.from([0xff, 0xd8]);
const eoi = Buffer.from([0xff, 0xd9]);
/** A scan whose data holds an escaped FF and a restart marker. */
const scan = Buffer.concat([segment(0xda, Buffer.alloc(10, 1)), Buffer.from([1, 0xff, 0, 0xff, 0xd3, 7])]);
const jfif = segment(0xe0, ascii('JFIF\0rest'));
const tables = segment(0xdb, Buffer.alloc(65, 3));

const chunk = (type: string, body: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([ascii(type), body])));
  return Buffer.concat([length, ascii(type), body, sum]);
};
const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const riffChunk = (type: string, body: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([ascii(type), length, body, Buffer.alloc(body.length % 2)]);
};
const webp = (...chunks: Buffer[]) => {
  const body = Buffer.concat([ascii('WEBP'), ...chunks]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([ascii('RIFF'), length, body]);
};

describe('a JPEG', () => {
  it('loses place, comments, thumbnails and what hangs behind its end, and keeps the picture', () => {
    const icc = segment(0xe2, ascii('ICC_PROFILE\0colour'));
    const dirty = Buffer.concat([
      soi,
      jfif,
      segment(0xe1, ascii('Exif\0\0SECRET place')),
      segment(0xe1, ascii('http://ns.adobe.com/xap/1.0/\0SECRET')),
      segment(0xe0, ascii('JFXX\0SECRET thumbnail')),
      segment(0xed, ascii('Photoshop 3.0\0SECRET')),
      segment(0xfe, ascii('SECRET comment')),
      icc,
      tables,
      scan,
      segment(0xfe, ascii('SECRET between scans')),
      scan,
      eoi,
      ascii('SECRET film'),
    ]);
    const clean = stripJpeg(dirty)!;
    expect(clean.includes('SECRET')).toBe(false);
    expect(clean).toEqual(Buffer.concat([soi, jfif, icc, tables, scan, scan, eoi]));
    expect(stripJpeg(clean)).toEqual(clean);
  });

  it('keeps lying the right way up', () => {
    const dirty = Buffer.concat([soi, jfif, exifWithOrientation(6), tables, scan, eoi]);
    const clean = stripJpeg(dirty)!;
    expect(orientationOf(clean.subarray(6))).toBe(6);
  });

  it('that is cut off or broken is none', () => {
    const whole = Buffer.concat([soi, jfif, tables, scan, eoi]);
    for (let length = 0; length < whole.length; length += 1)
      expect(stripJpeg(whole.subarray(0, length))).toBeUndefined();
  });
});

describe('a PNG', () => {
  it('keeps only what makes the picture, up to its end', () => {
    const [head, data, end] = [
      chunk('IHDR', Buffer.alloc(13)),
      chunk('IDAT', ascii('pixels')),
      chunk('IEND', Buffer.alloc(0)),
    ];
    const extras = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'prVt'].map((type) => chunk(type, ascii('SECRET')));
    const dirty = Buffer.concat([pngHead, head, ...extras, data, end, ascii('SECRET')]);
    expect(stripPng(dirty)).toEqual(Buffer.concat([pngHead, head, data, end]));
    expect(stripPng(dirty.subarray(0, -12))).toBeUndefined();
  });
});

describe('a WebP', () => {
  it('loses EXIF and XMP and no longer announces them', () => {
    const flags = Buffer.alloc(10);
    flags[0] = 0x08 | 0x04 | 0x20;
    const kept = Buffer.alloc(10);
    kept[0] = 0x20;
    const picture = riffChunk('VP8 ', ascii('odd'));
    const dirty = webp(
      riffChunk('VP8X', flags),
      picture,
      riffChunk('EXIF', ascii('SECRET')),
      riffChunk('XMP ', ascii('SECRET')),
    );
    expect(stripWebp(dirty)).toEqual(webp(riffChunk('VP8X', kept), picture));
    expect(stripWebp(dirty.subarray(0, -1))).toBeUndefined();
  });
});

describe('an upload', () => {
  it('is what its content says, as large as it is looked at', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const)
      expect(await preparePhoto(await picture(30, 20).toFormat(format).toBuffer())).toMatchObject({
        mediaType: `image/${format}`,
        width: 30,
        height: 20,
      });
    const lying = await picture(30, 20).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await preparePhoto(lying)).toMatchObject({ width: 20, height: 30 });
  });

  it.each(['jpeg', 'png', 'webp'] as const)('as %s keeps neither place nor camera nor remarks', async (format) => {
    const place = { GPSLatitude: '39/1 54/1 0/1', GPSLatitudeRef: 'N' };
    const dirty = await picture(30, 20)
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Model: 'SECRET camera', Copyright: 'SECRET' }, IFD3: place })
      .withXmp('<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/">SECRET</x:xmpmeta><?xpacket end="w"?>')
      .toFormat(format)
      .toBuffer();
    expect(dirty.includes('SECRET')).toBe(true);
    const clean = await preparePhoto(dirty);
    if (typeof clean === 'string') throw new Error(clean);
    expect(clean.bytes.includes('SECRET')).toBe(false);
    const { exif, xmp, iptc, orientation } = await sharp(clean.bytes).metadata();
    expect({ xmp, iptc }).toEqual({ xmp: undefined, iptc: undefined });
    // Only a JPEG's orientation is kept: nothing but that one entry.
    expect(exif === undefined || (exif.length === 32 && orientation === 6)).toBe(true);
  });

  it('is refused with more pixels than a phone makes, and when it is no picture inside', async () => {
    const bomb = aBomb(9000);
    expect(bomb.length).toBeLessThan(200_000);
    expect(await preparePhoto(bomb)).toBe('too-many-pixels');
    expect(await preparePhoto(Buffer.concat([soi, jfif, tables, scan, eoi]))).toBe('unsupported-media');
    expect(await preparePhoto(Buffer.alloc(mostPhotoBytes + 1))).toBe('too-large');
    for (const bytes of ['', '<svg/>', 'GIF89a', '%PDF-1.7', '<html>'])
      expect(await preparePhoto(ascii(bytes))).toBe('unsupported-media');
  });

  it('never breaks us, whatever it holds', async () => {
    const starts = [soi, Buffer.concat([soi, jfif]), pngHead, ascii('RIFF\x20\0\0\0WEBPVP8 ')];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), async (start, rest) => {
        const result = await preparePhoto(Buffer.concat([start, rest]));
        expect(typeof result === 'string' || result.bytes.length <= start.length + rest.length + 40).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a thumbnail', () => {
  it('is small, the right way up and says nothing', async () => {
    const photo = await picture(1600, 800).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const made = await sharp(await thumbnailOf(photo)).metadata();
    expect(made).toMatchObject({ format: 'webp', width: 160, height: 320 });
    expect([made.exif, made.xmp, made.icc]).toEqual([undefined, undefined, undefined]);
  });

  it('is none of what cannot be unpacked, and the next one comes all the same', async () => {
    const cut = (await picture(400, 400).png().toBuffer()).subarray(0, 300);
    const results = await Promise.all([cut, cut, cut, await picture(8, 8).png().toBuffer()].map(thumbnailOf));
    expect(results.map((made) => made !== undefined)).toEqual([false, false, false, true]);
  });
});
