export interface Decoded {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'gb18030';
}

/** A text file as spreadsheets write them: UTF-8 with or without a mark, UTF-16 with one, else GB18030 as in Chinese Excel. */
export function decode(bytes: Uint8Array): Decoded | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return tryAs('utf-16le', bytes);
  const decoded = tryAs('utf-8', bytes) ?? tryAs('gb18030', bytes);
  // A zero byte is in no table: this is a workbook or a picture.
  return decoded?.text.includes('\0') ? undefined : decoded;
}

function tryAs(encoding: Decoded['encoding'], bytes: Uint8Array): Decoded | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return undefined;
  }
}
