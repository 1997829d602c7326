import { createHash, randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileDamagedError, type FileStore, hexOf } from './file-store.js';

/** One file per content below `folder`, in 256 subfolders so that no folder grows huge. */
export class DiskFileStore implements FileStore {
  constructor(private readonly folder: string) {}

  async put(bytes: Uint8Array): Promise<Buffer> {
    const sha256 = createHash('sha256').update(bytes).digest();
    const path = this.pathOf(sha256);
    if (await hasSize(path, bytes.byteLength)) return sha256;
    await mkdir(dirname(path), { recursive: true });
    // Written aside and renamed: a crash leaves either the whole file or none under its name.
    const aside = `${path}.${randomUUID()}.part`;
    try {
      await writeDurably(aside, bytes);
      await rename(aside, path);
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
    await syncFolder(dirname(path));
    await syncFolder(this.folder);
    return sha256;
  }

  async get(sha256: Uint8Array): Promise<Buffer | undefined> {
    let bytes: Buffer;
    try {
      bytes = await readFile(this.pathOf(sha256));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    if (!createHash('sha256').update(bytes).digest().equals(sha256))
      throw new FileDamagedError('a stored file does not match its hash');
    return bytes;
  }

  async remove(sha256: Uint8Array): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  async check(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await access(this.folder, constants.W_OK);
  }

  async close(): Promise<void> {}

  private pathOf(sha256: Uint8Array): string {
    const name = hexOf(sha256);
    return join(this.folder, name.slice(0, 2), name);
  }
}

async function hasSize(path: string, bytes: number): Promise<boolean> {
  return stat(path).then(
    (found) => found.size === bytes,
    () => false,
  );
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without it the name of a new file may be gone after a power cut although its bytes are there. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
