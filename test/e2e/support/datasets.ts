import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Folder of a real data set, or `undefined` where this machine does not have it: then say that the test was skipped. */
export function datasetsDir(name: string): string | undefined {
  const folder = resolve(process.env['DATASETS_DIR'] ?? '../shared/data', name);
  return existsSync(folder) ? folder : undefined;
}
