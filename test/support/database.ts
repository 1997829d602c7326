import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, openDatabase, type Database } from '@sc/platform/database';
import { sql, type Kysely } from 'kysely';
import { waitUntil } from './wait.js';

const insufficientPrivilege = '42501';

export interface TestDatabase {
  db: Kysely<Database>;
  url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database on the PostgreSQL of this test run (test/support/global-setup.ts starts it and sets TEST_DATABASE_URL). */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server)
    throw new Error('TEST_DATABASE_URL is not set: run the tests by `npm test`, which starts a PostgreSQL for them');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const admin = openDatabase({ url: server, maxConnections: 1 });
  const template = await migratedTemplate(admin, server);
  await sql`create database ${sql.id(name)} template ${sql.id(template)}`.execute(admin);
  const url = urlOf(server, name);
  const db = openDatabase({ url, maxConnections: 10 });
  return {
    db,
    url,
    drop: async () => {
      await db.destroy();
      // An autovacuum that happens to be in it may not be ended by us; it is done in a moment.
      const drop = () => sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin);
      await waitUntil(() =>
        drop().then(
          () => true,
          (error: { code?: string }) => {
            if (error.code !== insufficientPrivilege) throw error;
            return false;
          },
        ),
      );
      await admin.destroy();
    },
  };
}

function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Only one of the workers makes the template. */
const templateLock = 5_120_770;

/** A database with all tables and no rows, made once on each server and copied for each test: a copy is much cheaper than twenty migrations. */
async function migratedTemplate(admin: Kysely<Database>, server: string): Promise<string> {
  const name = `t_template_${fingerprint}`;
  await sql`select pg_advisory_lock(${templateLock}::int)`.execute(admin);
  try {
    const { rows } = await sql`select 1 from pg_database where datname = ${name} and datistemplate`.execute(admin);
    if (rows.length > 0) return name;
    // Left by a run that was ended half-way.
    await sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin);
    await sql`create database ${sql.id(name)}`.execute(admin);
    const db = openDatabase({ url: urlOf(server, name), maxConnections: 2 });
    await migrate(db);
    await db.destroy();
    await sql`alter database ${sql.id(name)} is_template true`.execute(admin);
    return name;
  } finally {
    await sql`select pg_advisory_unlock(${templateLock}::int)`.execute(admin);
  }
}

/** Of everything that makes the tables. */
const fingerprint = (() => {
  const hash = createHash('sha256');
  const folder = join(import.meta.dirname, '../../libs/platform/database/migrations');
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  hash.update(readFileSync(join(import.meta.dirname, '../../node_modules/bullmq/package.json')));
  return hash.digest('hex').slice(0, 16);
})();
