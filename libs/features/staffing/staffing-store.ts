import { Inject, Injectable } from '@nestjs/common';
import type { StaffingResult } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, json, type Row } from '@sc/platform/database';
import { RequestRows } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import { plansKept } from './limits.js';
import type { StaffingError } from './staffing-failure.js';

export type StaffingRow = Row<'staffingPlans'>;

/** The rows of plans. */
@Injectable()
export class StaffingStore extends RequestRows<StaffingRow> {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) clock: Clock,
    private readonly directory: Directory,
  ) {
    super(db, clock, plansKept, {
      table: 'staffingPlans',
      claimLock: 7_241_944,
      createLock: 7_241_945,
      counters: {},
    });
  }

  async done(id: string, runner: string, result: StaffingResult): Promise<boolean> {
    return this.end(id, runner, { result: json(result), state: 'done', progress: 1 });
  }

  async failed(id: string, runner: string, error: StaffingError): Promise<void> {
    await this.end(id, runner, { state: 'failed', error });
  }

  /** Whether the person is still there, answers for others, and still sees the area (P9). */
  async mayRead({ personId, areaId }: Pick<StaffingRow, 'personId' | 'areaId'>): Promise<boolean> {
    const person = await this.db
      .selectFrom('people')
      .select(['areaId', 'role'])
      .where('id', '=', personId)
      .where('active', '=', true)
      .executeTakeFirst();
    if (person?.role !== 'manager' && person?.role !== 'admin') return false;
    return this.directory.isInScope(person.areaId, areaId);
  }
}
