import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

const worth = new Set(['.js', '.css', '.html', '.svg', '.wasm', '.webmanifest']);
/** One packet carries less anyway. */
const leastBytes = 1_200;
/** The last two steps of brotli take ten times as long for a twentieth. */
const brotliQuality = 9;

/** Beside each file of the build what the gateway sends in its place to browsers that take it: once here instead of at each request. */
export async function compressFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !worth.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    if (content.length < leastBytes) continue;
    const [small, smaller] = await Promise.all([
      zip(content, { level: 9 }),
      brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }),
    ]);
    await Promise.all([writeFile(`${path}.gz`, small), writeFile(`${path}.br`, smaller)]);
  }
}
