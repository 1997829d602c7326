import { fileTypeFromBuffer } from 'file-type';
import { stripJpeg } from './strip-jpeg.js';
import { stripPng } from './strip-png.js';
import { stripWebp } from './strip-webp.js';

/** 10 MiB: a phone's full-resolution photo fits, a video does not. */
export const mostPhotoBytes = 10 * 1024 * 1024;

interface Photo {
  mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  /** Without place, time, camera, thumbnail or comments. */
  bytes: Buffer;
}
type PhotoRefusal = 'too-large' | 'unsupported-media';

const strippers: Record<string, (bytes: Buffer) => Buffer | undefined> = {
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
};

/** Makes an upload fit to be kept. What it is is read from its content; name and declared type are not asked. */
export async function preparePhoto(bytes: Buffer): Promise<Photo | PhotoRefusal> {
  if (bytes.byteLength > mostPhotoBytes) return 'too-large';
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const stripped = type && strippers[type.mime]?.(bytes);
  return stripped ? { mediaType: type.mime as Photo['mediaType'], bytes: stripped } : 'unsupported-media';
}
