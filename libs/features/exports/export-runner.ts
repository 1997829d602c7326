import { Inject, Injectable } from '@nestjs/common';
import { maySeeDevices } from '@sc/features/directory';
import { IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { RequestRunner, type Running } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { TIME_SERIES, type TimeSeries } from '@sc/platform/time-series';
import type { Kysely } from 'kysely';
import { ExportFailure, failureCode } from './export-failure.js';
import { ExportFiles } from './export-files.js';
import { ExportRun } from './export-run.js';
import { type ExportRow, ExportStore } from './export-store.js';
import { EXPORT_LIMITS, type ExportLimits } from './limits.js';

/** Runs exports. Whatever it leaves behind in a crash is begun again or cleared up. */
@Injectable()
export class ExportRunner extends RequestRunner<ExportRow> {
  constructor(
    private readonly store: ExportStore,
    private readonly files: ExportFiles,
    @Inject(TIME_SERIES) private readonly series: TimeSeries,
    @Inject(EXPORT_LIMITS) private readonly limits: ExportLimits,
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(IDS) ids: Ids,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(store, ids.next(), logger, 'exports');
  }

  /** Their files, and files that belong to nothing. */
  protected override async tidied(expired: ExportRow[]): Promise<void> {
    for (const row of expired) await this.files.remove(row);
    const removed = await this.files.removeOrphans(await this.store.known());
    if (removed > 0) this.logger.info({ removed }, 'files of exports that are gone were removed');
  }

  protected async run({ row, signal, beating }: Running<ExportRow>): Promise<void> {
    if (!(await maySeeDevices(this.db, row))) throw new ExportFailure('rights-lost');
    const part = await this.files.partPath(row, this.runner);
    const run = new ExportRun(row, this.series, this.files, this.limits, signal);
    await beating(
      () => run.progress,
      () => run.write(part),
    );
    await this.files.complete(row, part);
    // Removed while the last bytes were written: then so is the file.
    if (!(await this.store.done(row.id, this.runner, run.progress))) await this.files.remove(row);
    this.logger.info({ exportId: row.id, ...run.progress }, 'export done');
  }

  protected async fail(row: ExportRow, error: unknown): Promise<string> {
    const code = failureCode(error);
    await this.store.failed(row.id, this.runner, code);
    return code;
  }
}
