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
}

/** The stored bytes no longer match their name: the disk lost something. */
export class FileDamagedError extends Error {
  readonly code = 'file-damaged';
}
