import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { IDS, type Ids } from '@sc/platform/clock';
import { Loop } from '@sc/platform/jobs';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { TIME_SERIES, type TimeSeries } from '@sc/platform/time-series';
import { ExportFailure, failureCode } from './export-failure.js';
import { ExportFiles } from './export-files.js';
import { ExportRun } from './export-run.js';
import { type ExportRow, ExportStore } from './export-store.js';
import { EXPORT_LIMITS, type ExportLimits } from './limits.js';

const lookEveryMs = 2000;
const beatEveryMs = 1000;
const tidyEveryMs = 15_000;

/** It is not this process's any more, or this process stops: nothing is written down about it. */
class Ended extends Error {
  constructor(readonly reason: 'removed' | 'stopping') {
    super(reason);
  }
}

/** Runs exports one after the other, in the process that serves them. Whatever it leaves behind in a crash is begun again or cleared up. */
@Injectable()
export class ExportRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly runner: string;
  private readonly running = new Map<string, AbortController>();
  private readonly work: Loop;
  private readonly tidying: Loop;

  constructor(
    private readonly store: ExportStore,
    private readonly files: ExportFiles,
    @Inject(TIME_SERIES) private readonly series: TimeSeries,
    @Inject(EXPORT_LIMITS) private readonly limits: ExportLimits,
    @Inject(IDS) ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.runner = ids.next();
    const onError = (task: string) => (err: unknown, failures: number) => {
      if (failures === 1) logger.warn({ err, task }, 'exports: not now, tried again');
    };
    this.work = new Loop(() => this.runOne(), { idleMs: lookEveryMs, maxBackoffMs: 30_000, onError: onError('run') });
    this.tidying = new Loop(() => this.tidy(), {
      idleMs: tidyEveryMs,
      maxBackoffMs: 60_000,
      onError: onError('tidy'),
    });
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

  /** Begins again what a killed process left, removes what expired and files that belong to nothing. @returns false */
  async tidy(): Promise<boolean> {
    await this.store.recover();
    for (const row of await this.store.expire()) await this.files.remove(row);
    const removed = await this.files.removeOrphans(await this.store.known());
    if (removed > 0) this.logger.info({ removed }, 'files of exports that are gone were removed');
    return false;
  }

  private async runOne(): Promise<boolean> {
    const row = await this.store.claim(this.runner);
    if (!row) return false;
    const controller = new AbortController();
    this.running.set(row.id, controller);
    try {
      await this.run(row, controller);
    } catch (error) {
      await this.settle(row, error);
    } finally {
      this.running.delete(row.id);
    }
    return true;
  }

  private async run(row: ExportRow, controller: AbortController): Promise<void> {
    if (!(await this.store.mayRead(row))) throw new ExportFailure('rights-lost');
    const part = await this.files.partPath(row, this.runner);
    const run = new ExportRun(row, this.series, this.files, this.limits, controller.signal);
    const endBeats = this.beat(row, run, controller);
    try {
      await run.write(part);
    } finally {
      await endBeats();
    }
    await this.files.complete(row, part);
    // Removed while the last bytes were written: then so is the file.
    if (!(await this.store.done(row.id, this.runner, run.progress))) await this.files.remove(row);
    this.logger.info({ exportId: row.id, ...run.progress }, 'export done');
  }

  /** Says every second that it goes on and how far it is; hears that it is not wanted any more. */
  private beat(row: ExportRow, run: ExportRun, controller: AbortController): () => Promise<void> {
    const beats = new Loop(
      async () => {
        const mine = await this.store.beat(row.id, this.runner, run.progress);
        if (!mine) controller.abort(new Ended('removed'));
        return false;
      },
      { idleMs: beatEveryMs, maxBackoffMs: beatEveryMs, onError: () => undefined },
    );
    beats.start();
    return () => beats.stop();
  }

  private async settle(row: ExportRow, error: unknown): Promise<void> {
    if (error instanceof Ended) {
      if (error.reason === 'stopping') await this.store.giveBack(row.id, this.runner);
      return;
    }
    const code = failureCode(error);
    this.logger.warn({ exportId: row.id, code, err: code === 'failed' ? error : undefined }, 'export failed');
    await this.store.failed(row.id, this.runner, code);
  }
}
