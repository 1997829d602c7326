/** What browsers with a reader of their own offer (Android's Chrome does, Safari and Firefox do not); the types do not know it yet. */
export interface CodeReader {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type CodeReaderClass = new (options: { formats: string[] }) => CodeReader;

const readerClass = (): CodeReaderClass | undefined =>
  (globalThis as { BarcodeDetector?: CodeReaderClass }).BarcodeDetector;

/** A camera needs a secure page, and a reader: without either the code is typed. */
export const canScan = (): boolean => readerClass() !== undefined && navigator.mediaDevices !== undefined;

/** @throws where this browser has no reader: ask `canScan` first */
export function openReader(): CodeReader {
  const Reader = readerClass();
  if (!Reader) throw new Error('this browser reads no codes');
  return new Reader({ formats: ['qr_code'] });
}
