import { createHash } from 'node:crypto';
import { type FileStore, hexOf } from './file-store.js';

/** The fake for tests. */
export class InMemoryFileStore implements FileStore {
  private readonly files = new Map<string, Buffer>();

  async put(bytes: Uint8Array): Promise<Buffer> {
    const sha256 = createHash('sha256').update(bytes).digest();
    this.files.set(sha256.toString('hex'), Buffer.from(bytes));
    return sha256;
  }

  async get(sha256: Uint8Array): Promise<Buffer | undefined> {
    return this.files.get(hexOf(sha256));
  }

  async remove(sha256: Uint8Array): Promise<void> {
    this.files.delete(hexOf(sha256));
  }

  async check(): Promise<void> {}

  async close(): Promise<void> {}
}
