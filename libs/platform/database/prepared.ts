import type { CompiledQuery } from 'kysely';
import pg from 'pg';

const names = new Map<string, string>();

/**
 * A statement that each connection parses and plans once, for what every alarm waits for: planning is most of what such a
 * statement costs. Its text must be one of few, and name the columns it answers with: after `*` a column that is added
 * while we run would make PostgreSQL refuse it.
 */
export function prepared<T extends CompiledQuery>(statement: T): T {
  if (!names.has(statement.sql)) names.set(statement.sql, `sc-${names.size}`);
  return statement;
}

export class PreparingClient extends pg.Client {
  override query = ((first: unknown, ...rest: unknown[]): unknown => {
    const name = typeof first === 'string' ? names.get(first) : undefined;
    return name === undefined
      ? super.query(first as string, ...(rest as []))
      : super.query({ name, text: first as string, values: rest[0] as unknown[] });
  }) as pg.Client['query'];
}
