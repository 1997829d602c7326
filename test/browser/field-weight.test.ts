import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { builtConsole, requireBuild } from './support/console.js';

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    css: z.array(z.string()).default([]),
    assets: z.array(z.string()).default([]),
    imports: z.array(z.string()).default([]),
  }),
);

/** What a phone fetches before it shows its orders, and what it keeps for the dead spot: on a bad network every kilobyte is waited for. */
describe('the weight of the field app', () => {
  let manifest: z.infer<typeof manifestSchema>;
  beforeAll(() => {
    requireBuild();
    manifest = manifestSchema.parse(JSON.parse(readFileSync(join(builtConsole, '.vite/manifest.json'), 'utf8')));
  });

  /** These chunks and everything they cannot do without. */
  function filesOf(...names: string[]): Set<string> {
    const files = new Set<string>();
    const seen = new Set<string>();
    const visit = (name: string): void => {
      const chunk = manifest[name];
      if (!chunk) throw new Error(`${name} is not in the build`);
      if (seen.has(name)) return;
      seen.add(name);
      for (const file of [chunk.file, ...chunk.css]) files.add(file);
      chunk.imports.forEach(visit);
    };
    names.forEach(visit);
    return files;
  }
  const gzipBytes = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(builtConsole, file))).byteLength, 0);

  it.each(['en', 'zh-CN'])('first load is below 300 KB, gzipped, in %s', (locale) => {
    const language = `src/locales/${locale}/phone.ts`;
    const files = filesOf('index.html', 'src/field/shell.tsx', 'src/field/orders-page.tsx', language);
    const kilobytes = Math.round(gzipBytes(['index.html', ...files]) / 1000);
    console.info(`field app, first load, ${locale}: ${kilobytes} KB gzipped in ${files.size + 1} files`);
    expect(kilobytes).toBeLessThan(300);
  });

  it('neither the map nor the camera comes before it is opened, and the map is not kept ahead either', () => {
    const first = filesOf('index.html', 'src/field/shell.tsx', 'src/field/orders-page.tsx', 'src/field/order-page.tsx');
    const ahead = readFileSync(join(builtConsole, 'sw.js'), 'utf8');
    const own = (name: string) => manifest[name]!.file;
    for (const late of ['src/field/order-map.tsx', 'src/field/code-camera.tsx']) expect(first).not.toContain(own(late));
    expect(ahead).not.toContain(own('src/field/order-map.tsx'));
    // The camera is: in a dead spot nothing can be fetched.
    expect(ahead).toContain(own('src/field/code-camera.tsx'));
    for (const page of ['orders', 'order', 'report', 'scan', 'device', 'figures', 'waiting'])
      expect(ahead).toContain(own(`src/field/${page}-page.tsx`));
  });
});
