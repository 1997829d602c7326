import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let known: string | undefined;

/** The version of package.json, of the sources as of what was built from them; `unknown` where it was not shipped. */
export function productVersion(): string {
  return (known ??= find(import.meta.dirname));
}

function find(folder: string): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    if (name === 'smart-community' && typeof version === 'string') return version;
  } catch {
    // not here
  }
  const above = dirname(folder);
  return above === folder ? 'unknown' : find(above);
}
