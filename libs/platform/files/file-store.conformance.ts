import { randomBytes } from 'node:crypto';
import type { FileStore } from './file-store.js';

/** What every implementation of the port promises; an adapter's test calls this with a way to open a store. */
export function fileStoreConformance(name: string, create: () => FileStore): void {
  describe(`${name} as FileStore`, () => {
    let store: FileStore;
    beforeEach(() => {
      store = create();
    });
    afterEach(() => store.close());

    it('gives back what was put, also from many at once', async () => {
      const contents = Array.from({ length: 5 }, (_, n) => Buffer.concat([randomBytes(4), Buffer.alloc(1000 * n, n)]));
      const hashes = await Promise.all([...contents, ...contents].map((bytes) => store.put(bytes)));
      for (const [n, bytes] of contents.entries()) {
        expect(hashes[n]).toEqual(hashes[n + 5]);
        expect((await store.get(hashes[n]!))?.equals(bytes)).toBe(true);
      }
    });

    it('keeps an empty content and a large one', async () => {
      const large = randomBytes(3 * 1024 * 1024);
      const [none, much] = [await store.put(Buffer.alloc(0)), await store.put(large)];
      expect([(await store.get(none))?.byteLength, (await store.get(much))?.equals(large)]).toEqual([0, true]);
    });

    it('forgets what is removed, and only that', async () => {
      const [one, two] = [randomBytes(8), randomBytes(8)];
      const [kept, gone] = [await store.put(one), await store.put(two)];
      await store.remove(gone);
      await store.remove(gone);
      expect([await store.get(gone), await store.get(kept)]).toEqual([undefined, one]);
      await store.put(two);
      expect(await store.get(gone)).toEqual(two);
    });

    it('knows nothing of what was never put', async () => {
      expect(await store.get(randomBytes(32))).toBeUndefined();
    });

    it('lets no hash lead out of it', async () => {
      await expect(store.get(Buffer.from('../../etc/passwd'))).rejects.toThrow('not a SHA-256');
    });

    it('says that it is well', async () => {
      await expect(store.check()).resolves.toBeUndefined();
    });
  });
}
