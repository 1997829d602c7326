import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretBox } from './secret-box.js';

let folder: string;
const box = () => new SecretBox({ DATA_DIR: folder });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sc-secrets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('opens what it sealed, also after a restart, for its purpose only', async () => {
  const sealed = await box().seal('channel:1', { password: 'hunter2' });
  expect(sealed.includes('hunter2')).toBe(false);
  expect(await box().open('channel:1', sealed)).toEqual({ password: 'hunter2' });
  await expect(box().open('channel:2', sealed)).rejects.toMatchObject({ code: 'sealed-with-another-key' });
});

it('refuses every changed byte, and other keys', async () => {
  const one = box();
  const sealed = await one.seal('a', 'secret');
  for (let n = 0; n < sealed.length; n += 1) {
    const changed = Buffer.from(sealed);
    changed[n]! ^= 1;
    await expect(one.open('a', changed)).rejects.toMatchObject({ code: 'sealed-with-another-key' });
  }
  await rm(join(folder, 'secrets', 'sealing-key'));
  await expect(box().open('a', sealed)).rejects.toMatchObject({ code: 'sealed-with-another-key' });
});

it('makes one key, readable by its owner alone, however many begin at once', async () => {
  const boxes = Array.from({ length: 8 }, box);
  const sealed = await Promise.all(boxes.map((one, n) => one.seal('a', n)));
  for (const [n, bytes] of sealed.entries()) expect(await boxes[(n + 1) % 8]!.open('a', bytes)).toBe(n);
  expect((await stat(join(folder, 'secrets', 'sealing-key'))).mode & 0o777).toBe(0o600);
});

it('never goes on with half a key', async () => {
  await box().seal('a', 1);
  const file = join(folder, 'secrets', 'sealing-key');
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, 20));
  await expect(box().seal('a', 1)).rejects.toThrow(/damaged/);
});
