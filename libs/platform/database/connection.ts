import { CamelCasePlugin, Kysely } from 'kysely';
import pg from 'pg';
import { PipeliningDialect } from './pipelining.js';
import { PreparingClient } from './prepared.js';
import type { Database } from './schema.js';

const int8 = 20;
const types = {
  // Our int8 columns are positions and sequences, far below 2^53; a string would compare wrongly in JavaScript.
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

export interface ConnectionOptions {
  url: string;
  /** Pool size; one process of ours needs few, and PostgreSQL counts them all. */
  maxConnections?: number;
  applicationName?: string;
  /** Connections are not closed when nobody has used them for a while: opening one takes as long as an alarm may. */
  keepOpen?: boolean;
}

/** Opens a pool. Every wait is bounded: 10 s for a connection, 30 s for a statement or a lock-holding idle transaction. */
export function openDatabase(options: ConnectionOptions): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    idleTimeoutMillis: options.keepOpen ? 0 : 10_000,
    application_name: options.applicationName ?? 'smart-community',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    query_timeout: 35_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    pipeline: true,
    Client: PreparingClient,
    types,
  });
  // A pooled connection that dies while idle would otherwise end the process; the next query opens a new one.
  pool.on('error', () => undefined);
  // One that dies while it is lent, between two statements of a transaction, would too: the next statement fails instead.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Database>({
    dialect: new PipeliningDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/** A value for a `jsonb` column. Kysely would send an array as a PostgreSQL array, so JSON columns take text. */
export const json = (value: unknown): string => JSON.stringify(value);

/** Whether trying again may help: the server is away, restarting, overloaded, or the transaction lost a race. */
export function isTransientDatabaseError(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') {
    if (/^(08|40|53|57P)/.test(code) || code === '55P03') return true;
    if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) return true;
  }
  return (
    error instanceof Error &&
    /Connection terminated|timeout|Client has encountered a connection error/i.test(error.message)
  );
}

/** The name of the unique constraint or index that refused a row, or `undefined` when the error is another. */
export function violatedUnique(error: unknown): string | undefined {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === '23505' && typeof constraint === 'string' ? constraint : undefined;
}
