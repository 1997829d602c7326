import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Database, DATABASE } from '@sc/platform/database';
import { StoredFiles } from '@sc/platform/files';
import { Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';

const dayMs = 86_400_000;
/** Pictures show people. Our own choice: about as long as recorders keep video; what proves something longer goes into the work order. */
export const picturesKeptMs = 30 * dayMs;
const everyMs = 3_600_000;
const step = 200;

/** Removes pictures, row and file, when their time is over. */
@Injectable()
export class PictureKeeper extends Sweeper {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly files: StoredFiles,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { idleMs: everyMs, maxBackoffMs: everyMs });
  }

  /** File and row go together: a crash leaves a row to be removed again, never a picture that nobody knows of. */
  override async sweepOnce(): Promise<boolean> {
    const old = new Date(this.clock.now() - picturesKeptMs);
    const rows = await this.database
      .selectFrom('pictures')
      .select(['id', 'sha256'])
      .where('takenAt', '<', old)
      .orderBy('takenAt')
      .limit(step)
      .execute();
    for (const { id, sha256 } of rows) {
      const remove = (db: Kysely<Database>) => db.deleteFrom('pictures').where('id', '=', id).execute();
      await (sha256 ? this.files.release(sha256, remove) : remove(this.database));
    }
    return rows.length === step;
  }
}
