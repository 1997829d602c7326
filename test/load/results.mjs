import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from './platform.mjs';

const folder = join(root, 'docs', 'benchmarks');
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { version } = readJson(join(root, 'package.json'));
const versionFile = join(folder, `${version}.json`);

/** What is kept of this version: each section as it was last measured. */
export const kept = () => (existsSync(versionFile) ? readJson(versionFile) : { version, sections: {} });

/** Written by hand: what bounds a figure that misses its target, by the target's id. */
export const bounds = () => readJson(join(folder, 'bounds.json'));

/** Replaces one section and leaves the others as they were. */
export async function keep(name, section) {
  const results = kept();
  results.sections[name] = section;
  mkdirSync(folder, { recursive: true });
  await writeFormatted(versionFile, JSON.stringify(results));
}

export async function writePage(page) {
  await writeFormatted(join(root, 'docs', 'benchmarks.md'), page);
}

/** Every run, whether it counts or not. @returns where it is, from the root */
export function keepRaw(results) {
  mkdirSync(join(root, 'bench-results'), { recursive: true });
  const file = join('bench-results', `${version}-${new Date().toISOString().replaceAll(':', '').slice(0, 17)}.json`);
  writeFileSync(join(root, file), `${JSON.stringify({ version, sections: results }, null, 2)}\n`);
  return file;
}

async function writeFormatted(file, text) {
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
