import sharp from 'sharp';
import { mostPixels } from './photo.js';

/** As wide and high as the lists of the console and the field show them on a screen of double density. */
const edge = 320;
/** Unpacked pixels are many times the file: this many pictures are unpacked at once, the others wait their turn. */
const mostAtOnce = 2;
/** Who would wait longer looks at the picture itself. */
const mostWaiting = 200;

let running = 0;
const waiting: (() => void)[] = [];

/** A small WebP of a photo, the right way up, without any metadata. `undefined` when it cannot be unpacked or too many wait. */
export async function thumbnailOf(photo: Buffer): Promise<Buffer | undefined> {
  if (running >= mostAtOnce) {
    if (waiting.length >= mostWaiting) return undefined;
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await sharp(photo, { limitInputPixels: mostPixels, sequentialRead: true, failOn: 'error' })
      .timeout({ seconds: 10 })
      .autoOrient()
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 70 })
      .toBuffer();
  } catch {
    return undefined;
  } finally {
    const next = waiting.shift();
    // The place is handed on, so that nobody comes in between.
    if (next) next();
    else running -= 1;
  }
}
