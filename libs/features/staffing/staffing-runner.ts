import { Inject, Injectable } from '@nestjs/common';
import { createStaffingPlanSchema } from '@sc/contracts';
import { IDS, type Ids } from '@sc/platform/clock';
import { RequestRunner, type Running } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { failureCode, StaffingFailure } from './staffing-failure.js';
import { StaffingRun } from './staffing-run.js';
import { StaffingSourceReader } from './staffing-sources.js';
import { type StaffingRow, StaffingStore } from './staffing-store.js';

/** Runs plans. Whatever it leaves behind in a crash is begun again. */
@Injectable()
export class StaffingRunner extends RequestRunner<StaffingRow> {
  constructor(
    private readonly store: StaffingStore,
    private readonly sources: StaffingSourceReader,
    @Inject(IDS) ids: Ids,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(store, ids.next(), logger, 'staffing plans');
  }

  protected async run({ row, signal, beating }: Running<StaffingRow>): Promise<void> {
    if (!(await this.store.mayRead(row))) throw new StaffingFailure('rights-lost');
    const question = createStaffingPlanSchema.parse(row.question);
    let run: StaffingRun | undefined;
    const result = await beating(
      () => ({ progress: run?.progress ?? 0 }),
      async () => {
        run = new StaffingRun(question, await this.sources.read(row.areaId, question), signal);
        return run.run();
      },
    );
    await this.store.done(row.id, this.runner, result);
    const { cases, tookMs } = result;
    this.logger.info({ staffingPlanId: row.id, cases, variants: result.variants.length, tookMs }, 'staffing plan done');
  }

  protected async fail(row: StaffingRow, error: unknown): Promise<string> {
    const code = failureCode(error);
    await this.store.failed(row.id, this.runner, code);
    return code;
  }
}
