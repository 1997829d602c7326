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
    manifest = manifestSchema.parse(JSON.parse(readFileSync(join(builtConsole, '.vite/field.json'), 'utf8')));
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
  const program = 'src/field/app.tsx';
  const gzipBytes = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(builtConsole, file))).byteLength, 0);

  it.each(['en', 'zh-CN'])('first load is below 220 KB, gzipped, in few files, in %s', (locale) => {
    const files = filesOf('field.html', program, `src/locales/${locale}/phone.ts`);
    const bytes = gzipBytes(['field.html', ...files]);
    // The orders are drawn by the page, its style and one script.
    const page = readFileSync(join(builtConsole, 'field.html'), 'utf8');
    const named = [...page.matchAll(/<(?:script|link rel="stylesheet")[^>]* (?:src|href)="\/([^"]+)"/g)].map(
      ([, file]) => file!,
    );
    const first = gzipBytes(['field.html', ...named]);
    const told = `${Math.round(bytes / 1000)} KB in ${files.size + 1} files, ${Math.round(first / 1000)} KB of it before the orders`;
    console.info(`field app, first load, ${locale}, gzipped: ${told}`);
    expect(bytes).toBeLessThan(220_000);
    // Before HTTP/2 each six are a turn of the network.
    expect(files.size).toBeLessThan(12);
    expect(first).toBeLessThan(16_000);
  });

  it('is told to browsers ahead, and lies compressed for the gateway', () => {
    const page = readFileSync(join(builtConsole, 'field.html'), 'utf8');
    for (const file of filesOf(program)) {
      if (file.endsWith('.js')) expect(page).toContain(file);
      const whole = readFileSync(join(builtConsole, file)).byteLength;
      if (whole > 1_500)
        for (const packed of ['br', 'gz'])
          expect(readFileSync(join(builtConsole, `${file}.${packed}`)).byteLength).toBeLessThan(whole);
    }
  });

  it('neither the map nor what reads codes comes before it is opened, and both are not kept ahead either', () => {
    const first = filesOf('field.html', program, 'src/field/order-page.tsx');
    const ahead = readFileSync(join(builtConsole, 'sw.js'), 'utf8');
    const own = (name: string) => manifest[name]!.file;
    for (const late of ['order-map.tsx', 'read-codes.ts', 'code-camera.tsx'])
      expect(first).not.toContain(own(`src/field/${late}`));
    for (const late of ['order-map.tsx', 'read-codes.ts']) expect(ahead).not.toContain(own(`src/field/${late}`));
    // The camera is: in a dead spot nothing can be fetched.
    expect(ahead).toContain(own('src/field/code-camera.tsx'));
    for (const page of ['order', 'report', 'scan', 'device', 'figures', 'waiting'])
      expect(ahead).toContain(own(`src/field/${page}-page.tsx`));
    for (const needed of ['src/app/entrance.tsx', 'src/locales/en/phone-more.ts', 'src/locales/zh-CN/phone-more.ts'])
      expect(ahead).toContain(own(needed));
  });
});
