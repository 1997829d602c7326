import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskFileStore } from './disk-file-store.js';
import type { FileStore } from './file-store.js';
import { InMemoryFileStore } from './in-memory-file-store.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sc-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const files = async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((f) => f.isFile());

describe.each<[string, () => FileStore]>([
  ['on disk', () => new DiskFileStore(folder)],
  ['in memory', () => new InMemoryFileStore()],
])('a file store %s', (_, create) => {
  it('gives back what was put, also from many at once', async () => {
    const store = create();
    const contents = Array.from({ length: 20 }, (_, n) => Buffer.alloc(1000 * n, n));
    const hashes = await Promise.all([...contents, ...contents].map((bytes) => store.put(bytes)));
    for (const [n, bytes] of contents.entries()) {
      expect(hashes[n]).toEqual(hashes[n + 20]);
      expect((await store.get(hashes[n]!))?.equals(bytes)).toBe(true);
    }
  });

  it('forgets what is removed, and only that', async () => {
    const store = create();
    const [kept, gone] = [await store.put(Buffer.from('kept')), await store.put(Buffer.from('gone'))];
    await store.remove(gone);
    await store.remove(gone);
    expect([await store.get(gone), (await store.get(kept))?.toString()]).toEqual([undefined, 'kept']);
    await store.put(Buffer.from('gone'));
    expect((await store.get(gone))?.toString()).toBe('gone');
  });

  it('knows nothing of what was never put', async () => {
    expect(await create().get(Buffer.alloc(32))).toBeUndefined();
  });
});

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

  it('does not let a hash lead out of its folder', async () => {
    await expect(new DiskFileStore(folder).get(Buffer.from('../../etc/passwd'))).rejects.toThrow('not a SHA-256');
  });
});
