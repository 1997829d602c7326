import { randomBytes } from 'node:crypto';
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
  await sql`create database ${sql.id(name)}`.execute(admin);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = openDatabase({ url: url.href, maxConnections: 10 });
  await migrate(db);
  return {
    db,
    url: url.href,
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
