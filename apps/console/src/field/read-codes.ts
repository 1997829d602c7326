import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { CodeReader } from './code-reader.js';

/** Half a megabyte, for browsers without a reader of their own: ZXing from our own server, kept by the service worker after its first use. */
export async function newReader(format: 'qr_code'): Promise<CodeReader> {
  // By itself it would ask a server of somebody else for it.
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
  return new BarcodeDetector({ formats: [format] });
}
