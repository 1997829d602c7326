import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { postgresFolder, postmasterFile } from '../../support/postgres-folder.js';

const postmasterOf = async (dataDir: string) => postmasterFile(await postgresFolder(dataDir));

/** 0 while there is none. */
export const postmasterPid = async (dataDir: string): Promise<number> => Number((await postmasterOf(dataDir))[0]);

/** The product's own address of it: the fourth line of postmaster.pid is the port. */
export async function postgresUrl(dataDir: string): Promise<string> {
  const superuser = (await readFile(join(dataDir, 'secrets', 'postgres-password'), 'utf8')).trim();
  const password = createHash('sha256').update(`smart_community:${superuser}`).digest('hex');
  const port = (await postmasterOf(dataDir))[3];
  return `postgres://smart_community:${password}@127.0.0.1:${port}/smart_community`;
}

/** A process and its children: PostgreSQL is several. */
export function withChildren(parent: number): number[] {
  const children = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return Number(/\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]) === parent;
      } catch {
        return false;
      }
    });
  return [parent, ...children.map(Number)];
}

/** On a connection of its own: no pool outlives what happens to the server. */
export async function ask<T extends pg.QueryResultRow>(
  url: string,
  query: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 60_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(query, values)).rows;
  } finally {
    await client.end();
  }
}
