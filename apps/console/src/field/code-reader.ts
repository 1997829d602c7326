/** What reads codes: the browser's own reader (Android's Chrome has one), else ours (Safari and Firefox have none). */
export interface CodeReader {
  detect(source: HTMLVideoElement | ImageBitmap): Promise<{ rawValue: string }[]>;
}
/** The types do not know it yet. */
interface CodeReaderClass {
  new (options: { formats: string[] }): CodeReader;
  getSupportedFormats(): Promise<string[]>;
}

const format = 'qr_code';

/** A camera is given to secure pages alone; without it a photo does, or the code is typed. */
export const hasCamera = (): boolean => (navigator as { mediaDevices?: MediaDevices }).mediaDevices !== undefined;

/** @throws where ours could not be loaded: the first time it needs a network */
export async function openReader(): Promise<CodeReader> {
  const { BarcodeDetector: Own } = globalThis as { BarcodeDetector?: CodeReaderClass };
  // On some systems it is there and reads nothing.
  const formats: string[] = (await Own?.getSupportedFormats().catch(() => undefined)) ?? [];
  if (Own && formats.includes(format)) return new Own({ formats: [format] });
  const { newReader } = await import('./read-codes.js');
  return newReader(format);
}
