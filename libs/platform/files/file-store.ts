/** Injection token of the {@link FileStore}. */
export const FILE_STORE = Symbol('FileStore');

/** Keeps bytes under the SHA-256 of their content: the same bytes twice are one file, and a file never changes. */
export interface FileStore {
  /** When it returns, the bytes survive a power cut. @returns their SHA-256 */
  put(bytes: Uint8Array): Promise<Buffer>;
  /** `undefined` when nothing is kept under that hash. @throws FileDamagedError when what is there is not what was put */
  get(sha256: Uint8Array): Promise<Buffer | undefined>;
  /** For content whose time is over and that nothing names any more. Removing what is not there changes nothing. */
  remove(sha256: Uint8Array): Promise<void>;
  /** Whether files can be kept now; for health. @throws when not */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** The name of a content. @throws RangeError for what is no hash: a name never leads out of the store */
export function hexOf(sha256: Uint8Array): string {
  if (sha256.byteLength !== 32) throw new RangeError('not a SHA-256');
  return Buffer.from(sha256).toString('hex');
}

/** The stored bytes no longer match their name: the disk lost something. */
export class FileDamagedError extends Error {
  readonly code = 'file-damaged';
}

/** The store does not answer or refuses us: it may heal, and every call may be repeated. */
export class FileStoreAwayError extends Error {
  readonly code = 'file-store-away';
}
