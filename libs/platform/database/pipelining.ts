import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { Database } from './schema.js';

interface Unanswered extends CompiledQuery {
  unanswered: true;
}

/**
 * Sends a statement whose answer nobody needs: the next one, or COMMIT, is on its way behind it without a round trip
 * between them. Should it fail, the transaction fails with its error, whatever the statements after it say. Resolves when
 * it is sent; outside a transaction, when it is done.
 */
export async function send(db: Kysely<Database>, statement: CompiledQuery): Promise<void> {
  const unanswered: Unanswered = { ...statement, unanswered: true };
  await db.executeQuery(unanswered);
}

/** For a pool whose clients have `pipeline: true`. */
export class PipeliningDialect extends PostgresDialect {
  constructor(private readonly config: PostgresDialectConfig) {
    super(config);
  }

  override createDriver(): Driver {
    return new PipeliningDriver(this.config);
  }
}

class PipeliningDriver implements Driver {
  private readonly plain: Driver;
  private readonly pipelined = new WeakMap<DatabaseConnection, PipelinedConnection>();

  constructor(config: PostgresDialectConfig) {
    this.plain = new PostgresDriver(config);
  }

  init(): Promise<void> {
    return this.plain.init();
  }

  async acquireConnection(): Promise<PipelinedConnection> {
    const plain = await this.plain.acquireConnection();
    const known = this.pipelined.get(plain) ?? new PipelinedConnection(plain);
    this.pipelined.set(plain, known);
    return known;
  }

  async beginTransaction(connection: PipelinedConnection, settings: TransactionSettings): Promise<void> {
    connection.begin();
    await this.plain.beginTransaction(connection, settings);
  }

  commitTransaction(connection: PipelinedConnection): Promise<void> {
    return connection.end('commit');
  }

  rollbackTransaction(connection: PipelinedConnection): Promise<void> {
    return connection.end('rollback');
  }

  releaseConnection(connection: PipelinedConnection): Promise<void> {
    return this.plain.releaseConnection(connection.plain);
  }

  destroy(): Promise<void> {
    return this.plain.destroy();
  }
}

class PipelinedConnection implements DatabaseConnection {
  /** Of this transaction, in order, those nobody has waited for; `undefined` outside of one. */
  private sent: Promise<unknown>[] | undefined;

  constructor(readonly plain: DatabaseConnection) {}

  /** The statement that follows is BEGIN: it fails only together with its connection. */
  begin(): void {
    this.sent = [];
  }

  async executeQuery<Row>(query: CompiledQuery & Partial<Unanswered>): Promise<QueryResult<Row>> {
    const answer = this.plain.executeQuery<Row>(query);
    if (!this.sent) return answer;
    if (query.unanswered || this.sent.length === 0) {
      answer.catch(() => undefined);
      this.sent.push(answer);
      return { rows: [] };
    }
    try {
      return await answer;
    } catch (error) {
      // Answers come in order: if one of those failed, it is the cause, and this one only says that the transaction is over.
      throw (await firstFailure(this.sent)) ?? error;
    }
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.plain.streamQuery<Row>(query, chunkSize);
  }

  /** @throws what a statement nobody has waited for failed with: PostgreSQL answers its COMMIT with a rollback, not with an error */
  async end(how: 'commit' | 'rollback'): Promise<void> {
    const { sent = [] } = this;
    this.sent = undefined;
    const done = this.plain.executeQuery(CompiledQuery.raw(how));
    done.catch(() => undefined);
    const failure = await firstFailure(sent);
    await done;
    if (failure && how === 'commit') throw failure;
  }
}

/** The error of the first that failed, as an `Error` it is. */
async function firstFailure(sent: readonly Promise<unknown>[]): Promise<Error | undefined> {
  const answers = await Promise.allSettled(sent);
  return answers.find((answer) => answer.status === 'rejected')?.reason as Error | undefined;
}
