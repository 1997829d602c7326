import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import { StoredFiles } from '@sc/platform/files';
import { Sweeper } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';

const dayMs = 86_400_000;
const everyMs = 3_600_000;
const step = 200;

/**
 * Removes the files of orders that ended CASE_FILES_DAYS ago and notes that they expired; the row with its SHA-256 stays. Also
 * what was uploaded and never named. Twice, or in two processes, it does the same as once.
 */
@Injectable()
export class AttachmentKeeper extends Sweeper {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly files: StoredFiles,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'CASE_FILES_DAYS'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { idleMs: everyMs, maxBackoffMs: everyMs });
  }

  /** @returns whether there may be more to do */
  override async sweepOnce(): Promise<boolean> {
    const old = new Date(this.clock.now() - this.settings.CASE_FILES_DAYS * dayMs);
    const rows = await this.database
      .selectFrom('attachments')
      .innerJoin('workOrders', 'workOrders.id', 'attachments.workOrderId')
      .selectAll('attachments')
      .where('workOrders.closedAt', '<', old)
      .where(({ eb, or }) =>
        or([eb('attachments.expiredAt', 'is', null), eb('attachments.thumbnailSha256', 'is not', null)]),
      )
      .orderBy('workOrders.closedAt')
      .limit(step)
      .execute();
    for (const row of rows) await this.expire(row);
    return (await this.files.sweepArrivals(step)) === step || rows.length === step;
  }

  /** Once the row says expired nobody makes another thumbnail; one that a crash left behind is found by the next sweep. */
  private async expire({ id, sha256, thumbnailSha256, expiredAt }: Row<'attachments'>): Promise<void> {
    const now = new Date(this.clock.now());
    if (!expiredAt)
      await this.files.release(sha256, (db) =>
        db.updateTable('attachments').set({ expiredAt: now }).where('id', '=', id).execute(),
      );
    if (!thumbnailSha256) return;
    await this.files.release(thumbnailSha256, (db) =>
      db.updateTable('attachments').set({ thumbnailSha256: null }).where('id', '=', id).execute(),
    );
  }
}
