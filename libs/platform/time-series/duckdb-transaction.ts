import type { DuckDBValue } from '@duckdb/node-api';
import type { DuckDbSession } from './duckdb-session.js';

/** Runs a statement: how many rows it changed, or the rows themselves. */
export interface Run {
  (sql: string): Promise<number>;
  (sql: string, rows: true): Promise<DuckDBValue[][]>;
}

/** A transaction beside the writer's: all of it or, whatever happens, nothing. The writer goes on meanwhile; only the commit makes it wait. */
export async function inTransaction<T>(session: DuckDbSession, work: (run: Run) => Promise<T>): Promise<T> {
  await session.maintain('begin');
  try {
    const result = await work((async (sql: string, rows?: true) => {
      const reader = await session.maintain(sql);
      return rows ? reader.getRows() : reader.rowsChanged;
    }) as Run);
    await session.maintain('commit');
    return result;
  } catch (cause) {
    // A closed session has rolled back by itself.
    await session.maintain('rollback').catch(() => undefined);
    throw cause;
  }
}
