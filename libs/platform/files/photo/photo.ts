import { fileTypeFromBuffer } from 'file-type';
import { boundsOf } from './bounds.js';
import { stripJpeg } from './strip-jpeg.js';
import { stripPng } from './strip-png.js';
import { stripWebp } from './strip-webp.js';

/** 10 MiB: a phone's full-resolution photo fits, a video does not. */
export const mostPhotoBytes = 10 * 1024 * 1024;
/** Phones make up to 50 megapixels. A small file of more is made to fill the memory of whoever opens it. */
export const mostPixels = 64_000_000;

export interface Photo {
  mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  /** Without place, time, camera, thumbnail or comments. */
  bytes: Buffer;
  /** As it is looked at: turned the way its orientation says. */
  width: number;
  height: number;
}
export type PhotoRefusal = 'too-large' | 'too-many-pixels' | 'unsupported-media';

const strippers: Record<string, (bytes: Buffer) => Buffer | undefined> = {
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
};

/** Makes an upload fit to be kept. What it is is read from its content; name and declared type are not asked. */
export async function preparePhoto(bytes: Buffer): Promise<Photo | PhotoRefusal> {
  if (bytes.byteLength > mostPhotoBytes) return 'too-large';
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  // An animated PNG has a type of its own.
  const mediaType = type?.mime === 'image/apng' ? 'image/png' : type?.mime;
  const stripped = mediaType && strippers[mediaType]?.(bytes);
  if (!stripped) return 'unsupported-media';
  const bounds = await boundsOf(stripped);
  if (!bounds) return 'unsupported-media';
  if (bounds.width * bounds.height > mostPixels) return 'too-many-pixels';
  return { mediaType: mediaType as Photo['mediaType'], bytes: stripped, ...bounds };
}
