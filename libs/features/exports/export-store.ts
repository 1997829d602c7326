import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import { RequestRows } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import type { ExportError } from './export-failure.js';
import { EXPORT_LIMITS, type ExportLimits } from './limits.js';

export type ExportRow = Row<'exports'>;
export interface ExportProgress {
  progress: number;
  rows: number;
  bytes: number;
}

/** The rows of exports. */
@Injectable()
export class ExportStore extends RequestRows<ExportRow> {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) clock: Clock,
    @Inject(EXPORT_LIMITS) limits: ExportLimits,
  ) {
    super(db, clock, limits, {
      table: 'exports',
      claimLock: 7_241_936,
      createLock: 7_241_937,
      counters: { rows: 0, bytes: 0 },
    });
  }

  async done(id: string, runner: string, progress: ExportProgress): Promise<boolean> {
    return this.end(id, runner, { ...progress, state: 'done', progress: 1 });
  }

  async failed(id: string, runner: string, error: ExportError): Promise<void> {
    await this.end(id, runner, { state: 'failed', error, bytes: 0 });
  }

  async known(): Promise<Map<string, { running: boolean }>> {
    const rows = await this.db.selectFrom('exports').select(['id', 'state']).execute();
    return new Map(rows.map(({ id, state }) => [id, { running: state === 'running' }]));
  }
}
