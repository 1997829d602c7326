import pg from 'pg';
import { DATABASE, ROLE, SUPERUSER, type Passwords } from './cluster.js';

const CONNECT_LIMIT_MS = 10_000;

/** Creates our role and our database where they are missing; safe to repeat after a kill at any point. */
export async function provision(port: number, passwords: Passwords): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password: passwords.superuser,
    database: 'postgres',
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
  });
  // A broken connection also fails the query under way; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const role = await client.query('select 1 from pg_roles where rolname = $1', [ROLE]);
    // The password is hexadecimal, and DDL takes no parameters.
    if (role.rowCount === 0) await client.query(`create role ${ROLE} login password '${passwords.role}'`);
    const database = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (database.rowCount === 0) await client.query(`create database ${DATABASE} owner ${ROLE}`);
  } finally {
    await client.end();
  }
}

/** Address of our database for our role. */
export function databaseUrl(port: number, passwords: Passwords): string {
  return `postgres://${ROLE}:${passwords.role}@127.0.0.1:${port}/${DATABASE}`;
}
