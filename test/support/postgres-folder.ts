import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the embedded PostgreSQL of a DATA_DIR keeps its files: as root they may lie elsewhere, as a file there says. */
export async function postgresFolder(dataDir: string): Promise<string> {
  const elsewhere = await readFile(join(dataDir, 'postgres-location'), 'utf8').catch(() => '');
  return elsewhere.trim() || join(dataDir, 'postgres');
}

/** The lines of postmaster.pid: the first is the process, the fourth the port; `0` alone while there is none. */
export async function postmasterFile(folder: string): Promise<string[]> {
  return (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '0')).split('\n');
}
