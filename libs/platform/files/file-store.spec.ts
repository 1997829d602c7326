import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskFileStore } from './disk-file-store.js';
import { fileStoreConformance } from './file-store.conformance.js';
import { InMemoryFileStore } from './in-memory-file-store.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sc-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const files = async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((f) => f.isFile());

fileStoreConformance('DiskFileStore', () => new DiskFileStore(folder));
fileStoreConformance('InMemoryFileStore', () => new InMemoryFileStore());

describe('the disk', () => {
  it('keeps one file per content and no half-written ones', async () => {
    const store = new DiskFileStore(folder);
    await Promise.all(Array.from({ length: 10 }, () => store.put(Buffer.from('same'))));
    expect((await files()).map(({ name }) => name)).toEqual([
      '0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5',
    ]);
  });

  it('refuses to hand out what it damaged', async () => {
    const store = new DiskFileStore(folder);
    const hash = await store.put(Buffer.from('proof'));
    const [file] = await files();
    await writeFile(join(file!.parentPath, file!.name), 'prooF');
    await expect(store.get(hash)).rejects.toMatchObject({ code: 'file-damaged' });
  });

  it('is not well where it cannot write', async () => {
    await writeFile(join(folder, 'no-folder'), '');
    await expect(new DiskFileStore(join(folder, 'no-folder')).check()).rejects.toThrow();
  });
});
