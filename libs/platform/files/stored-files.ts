import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { FILE_STORE, type FileStore } from './file-store.js';

type Db = Kysely<Database>;

/** Longer than any upload lasts: what no row names by then is named by nobody any more. */
export const arrivalMs = 86_400_000;

/**
 * Keeps and forgets contents that rows name. The same bytes are one file, whoever names them, so that forgetting asks all; and
 * a file on its way has a row of its own, so that a process that dies between file and row leaves nothing behind for long.
 */
@Injectable()
export class StoredFiles {
  constructor(
    @Inject(DATABASE) private readonly database: Db,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** When it returns, the bytes survive; who names them within a day has them as long as they are named. */
  async put(bytes: Uint8Array): Promise<Buffer> {
    const sha256 = createHash('sha256').update(bytes).digest();
    await this.database.transaction().execute(async (db) => {
      await lock(db, sha256);
      const arrivedAt = new Date(this.clock.now());
      await db
        .insertInto('arrivingFiles')
        .values({ sha256, arrivedAt })
        .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ arrivedAt }))
        .execute();
    });
    return this.files.put(bytes);
  }

  /** `undefined` when nothing is kept under that hash. @throws FileDamagedError, FileStoreAwayError */
  get(sha256: Buffer): Promise<Buffer | undefined> {
    return this.files.get(sha256);
  }

  /**
   * Lets a row stop naming a content, and removes the content when no other row names it. One transaction: when the store does not
   * answer the row stays as it was, and asked again, the same happens. @returns whether the content is gone
   */
  async release(sha256: Buffer, unname: (db: Db) => Promise<unknown>): Promise<boolean> {
    return this.database.transaction().execute(async (db) => {
      await lock(db, sha256);
      await unname(db);
      if (await isNamed(db, sha256)) return false;
      const arrival = await db
        .selectFrom('arrivingFiles')
        .select('arrivedAt')
        .where('sha256', '=', sha256)
        .executeTakeFirst();
      // Somebody else may be about to name it; if not, the sweep comes for it.
      if (arrival && arrival.arrivedAt.getTime() > this.clock.now() - arrivalMs) return false;
      // Under the lock: who puts the same bytes meanwhile waits, and then writes them anew.
      await this.files.remove(sha256);
      await db.deleteFrom('arrivingFiles').where('sha256', '=', sha256).execute();
      return true;
    });
  }

  /** Files that arrived a day ago: named ones are only struck off the list, the others removed. @returns how many were looked at */
  async sweepArrivals(most: number): Promise<number> {
    const rows = await this.database
      .selectFrom('arrivingFiles')
      .select('sha256')
      .where('arrivedAt', '<', new Date(this.clock.now() - arrivalMs))
      .orderBy('arrivedAt')
      .limit(most)
      .execute();
    for (const { sha256 } of rows) {
      const gone = await this.release(sha256, async () => undefined);
      if (!gone) await this.arrived(sha256);
    }
    return rows.length;
  }

  /** Named, so it is no longer on its way; unless it came once more just now. */
  private async arrived(sha256: Buffer): Promise<void> {
    await this.database
      .deleteFrom('arrivingFiles')
      .where('sha256', '=', sha256)
      .where('arrivedAt', '<', new Date(this.clock.now() - arrivalMs))
      .execute();
  }
}

const lock = (db: Db, sha256: Buffer) =>
  sql`select pg_advisory_xact_lock(${sha256.readBigInt64BE()}::bigint)`.execute(db);

async function isNamed(db: Db, sha256: Buffer): Promise<boolean> {
  const { rows } = await sql<{ named: boolean }>`select
    exists (select 1 from pictures where sha256 = ${sha256})
    or exists (select 1 from attachments where sha256 = ${sha256} and expired_at is null)
    or exists (select 1 from attachments where thumbnail_sha256 = ${sha256}) as named`.execute(db);
  return rows[0]?.named === true;
}
