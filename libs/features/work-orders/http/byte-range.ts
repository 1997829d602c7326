export interface ByteRange {
  from: number;
  /** The last byte that is sent. */
  to: number;
}

/**
 * The one range that `Range` asks for (RFC 9110 §14), players' way to jump in a recording. `undefined`: the whole, also for what
 * we do not speak (several ranges, other units); `none`: nothing of it lies inside.
 */
export function byteRange(header: string | undefined, length: number): ByteRange | 'none' | undefined {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return undefined;
  const [first, last] = [asked[1], asked[2]];
  if (first === '') {
    const tail = Number(last);
    return tail === 0 || length === 0 ? 'none' : { from: Math.max(0, length - tail), to: length - 1 };
  }
  const from = Number(first);
  const to = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  // One that ends before it begins is no range at all.
  if (last !== '' && Number(last) < from) return undefined;
  return from >= length ? 'none' : { from, to };
}
