import type { AttachmentFields } from '@sc/contracts';

/** Longest side of a photo that is sent, in pixels: enough for proof, small enough for a bad network. */
const longestSide = 1600;
const quality = 0.82;

export const fitInto = (width: number, height: number, longest: number): { width: number; height: number } => {
  const factor = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
};

/**
 * A camera picture as a JPEG of at most 1600 px. Drawing it anew also drops its hidden data (place, owner of the phone).
 * @throws when the file is no picture this browser can read
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const { width, height } = fitInto(picture.width, picture.height, longestSide);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2d canvas');
    context.drawImage(picture, 0, 0, width, height);
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no JPEG'))), 'image/jpeg', quality),
    );
  } finally {
    picture.close();
  }
}

/** Of a photo that comes with a new case: it shows how it was found. Sent again after a lost answer it is the same upload. */
export const photoFields = (key: string, index: number, photo: File): AttachmentFields => ({
  requestId: `${key}-${index + 1}`,
  kind: 'before',
  takenAt: new Date(photo.lastModified).toISOString(),
});
