import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { createStaffingPlanSchema, type StaffingResult } from '@sc/contracts';
import { IDS, type Ids } from '@sc/platform/clock';
import { Loop } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { failureCode, StaffingFailure } from './staffing-failure.js';
import { StaffingRun } from './staffing-run.js';
import { StaffingSourceReader } from './staffing-sources.js';
import { type StaffingRow, StaffingStore } from './staffing-store.js';

const lookEveryMs = 2000;
const beatEveryMs = 1000;
const tidyEveryMs = 15_000;

/** It is not this process's any more, or this process stops: nothing is written down about it. */
class Ended extends Error {
  constructor(readonly reason: 'removed' | 'stopping') {
    super(reason);
  }
}

/** Runs plans one after the other, in the process that serves them. What a crash leaves behind is begun again. */
@Injectable()
export class StaffingRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly runner: string;
  private readonly running = new Map<string, AbortController>();
  private readonly work: Loop;
  private readonly tidying: Loop;

  constructor(
    private readonly store: StaffingStore,
    private readonly sources: StaffingSourceReader,
    @Inject(IDS) ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.runner = ids.next();
    const onError = (task: string) => (err: unknown, failures: number) => {
      if (failures === 1) logger.warn({ err, task }, 'staffing plans: not now, tried again');
    };
    this.work = new Loop(() => this.runOne(), { idleMs: lookEveryMs, maxBackoffMs: 30_000, onError: onError('run') });
    this.tidying = new Loop(() => this.tidy(), { idleMs: tidyEveryMs, maxBackoffMs: 60_000, onError: onError('tidy') });
  }

  onApplicationBootstrap(): void {
    this.work.start();
    this.tidying.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const controller of this.running.values()) controller.abort(new Ended('stopping'));
    await Promise.all([this.work.stop(), this.tidying.stop()]);
  }

  /** Something was asked for: look now. */
  wake(): void {
    this.work.wake();
  }

  /** Its row is gone. In another process it ends with the next beat. */
  cancel(id: string): void {
    this.running.get(id)?.abort(new Ended('removed'));
  }

  private async tidy(): Promise<boolean> {
    await this.store.tidy();
    return false;
  }

  private async runOne(): Promise<boolean> {
    const row = await this.store.claim(this.runner);
    if (!row) return false;
    const controller = new AbortController();
    this.running.set(row.id, controller);
    try {
      const result = await this.run(row, controller);
      await this.store.done(row.id, this.runner, result);
      const { cases, tookMs } = result;
      this.logger.info(
        { staffingPlanId: row.id, cases, variants: result.variants.length, tookMs },
        'staffing plan done',
      );
    } catch (error) {
      await this.settle(row, error);
    } finally {
      this.running.delete(row.id);
    }
    return true;
  }

  private async run(row: StaffingRow, controller: AbortController): Promise<StaffingResult> {
    if (!(await this.store.mayRead(row))) throw new StaffingFailure('rights-lost');
    const question = createStaffingPlanSchema.parse(row.question);
    const run = { current: undefined as StaffingRun | undefined };
    const endBeats = this.beat(row, () => run.current?.progress ?? 0, controller);
    try {
      run.current = new StaffingRun(question, await this.sources.read(row.areaId, question), controller.signal);
      return await run.current.run();
    } finally {
      await endBeats();
    }
  }

  /** Says every second that it goes on and how far it is; hears that it is not wanted any more. */
  private beat(row: StaffingRow, progress: () => number, controller: AbortController): () => Promise<void> {
    const beats = new Loop(
      async () => {
        const mine = await this.store.beat(row.id, this.runner, progress());
        if (!mine) controller.abort(new Ended('removed'));
        return false;
      },
      { idleMs: beatEveryMs, maxBackoffMs: beatEveryMs, onError: () => undefined },
    );
    beats.start();
    return () => beats.stop();
  }

  private async settle(row: StaffingRow, error: unknown): Promise<void> {
    if (error instanceof Ended) {
      if (error.reason === 'stopping') await this.store.giveBack(row.id, this.runner);
      return;
    }
    const code = failureCode(error);
    this.logger.warn(
      { staffingPlanId: row.id, code, err: code === 'failed' ? error : undefined },
      'staffing plan failed',
    );
    await this.store.failed(row.id, this.runner, code);
  }
}
