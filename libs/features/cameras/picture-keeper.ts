import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Database, DATABASE } from '@sc/platform/database';
import { FILE_STORE, type FileStore } from '@sc/platform/files';
import { Loop } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';

const dayMs = 86_400_000;
/** Pictures show people. Our own choice: about as long as recorders keep video; what proves something longer goes into the work order. */
export const picturesKeptMs = 30 * dayMs;
const everyMs = 3_600_000;
const step = 200;

/** Removes pictures, row and file, when their time is over. */
@Injectable()
export class PictureKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: Loop;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(FILE_STORE) private readonly files: FileStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.loop = new Loop(() => this.removeOld(), {
      idleMs: everyMs,
      maxBackoffMs: everyMs,
      onError: (error, failures) =>
        logger.warn({ err: error, failures }, 'old pictures not removed, trying again later'),
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** The file before the row: a crash between the two leaves a row to be removed, never a picture that nobody knows of. */
  async removeOld(): Promise<boolean> {
    const old = new Date(this.clock.now() - picturesKeptMs);
    const rows = await this.database
      .selectFrom('pictures')
      .select(['id', 'sha256'])
      .where('takenAt', '<', old)
      .orderBy('takenAt')
      .limit(step)
      .execute();
    for (const { id, sha256 } of rows) {
      if (sha256 && !(await this.isNamedElsewhere(id, sha256))) await this.files.remove(sha256);
      await this.database.deleteFrom('pictures').where('id', '=', id).execute();
    }
    return rows.length === step;
  }

  /** The same bytes are one file: a younger picture or a photo of an order keeps it. */
  private async isNamedElsewhere(id: string, sha256: Buffer): Promise<boolean> {
    const picture = this.database
      .selectFrom('pictures')
      .select('id')
      .where('sha256', '=', sha256)
      .where('id', '<>', id);
    if (await picture.executeTakeFirst()) return true;
    const photo = this.database.selectFrom('attachments').select('id').where('sha256', '=', sha256);
    return (await photo.executeTakeFirst()) !== undefined;
  }
}
