import sharp from 'sharp';

/** Width and height as the picture is looked at, from its head alone: nothing is unpacked. `undefined` when it has none that can be read. */
export async function boundsOf(bytes: Buffer): Promise<{ width: number; height: number } | undefined> {
  try {
    // The limit is ours to judge, with a reason.
    const { autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return autoOrient.width > 0 && autoOrient.height > 0
      ? { width: autoOrient.width, height: autoOrient.height }
      : undefined;
  } catch {
    return undefined;
  }
}
