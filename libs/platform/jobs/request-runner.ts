import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@sc/platform/logging';
import { Loop } from './loop.js';
import type { RequestRow, RequestRows } from './request-rows.js';

const lookEveryMs = 2000;
const beatEveryMs = 1000;
const tidyEveryMs = 15_000;

/** It is not this process's any more, or this process stops: nothing is written down about it. */
class Ended extends Error {
  constructor(readonly reason: 'removed' | 'stopping') {
    super(reason);
  }
}

/** One claimed request while it runs. */
export interface Running<Row> {
  row: Row;
  signal: AbortSignal;
  /** Says every second that it goes on and how far it is, until the work ends; hears that it is not wanted any more. */
  beating<T>(progress: () => object, work: () => Promise<T>): Promise<T>;
}

/** Runs what people asked for one after the other, in the process that serves it. What a crash leaves behind is begun again. */
export abstract class RequestRunner<Row extends RequestRow>
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly aborts = new Map<string, AbortController>();
  private readonly work: Loop;
  private readonly tidying: Loop;

  /** @param name `exports`: for the log */
  constructor(
    private readonly rows: RequestRows<Row>,
    protected readonly runner: string,
    protected readonly logger: Logger,
    private readonly name: string,
  ) {
    const onError = (task: string) => (err: unknown, failures: number) => {
      if (failures === 1) logger.warn({ err, task }, `${name}: not now, tried again`);
    };
    this.work = new Loop(() => this.runOne(), { idleMs: lookEveryMs, maxBackoffMs: 30_000, onError: onError('run') });
    this.tidying = new Loop(() => this.tidy(), { idleMs: tidyEveryMs, maxBackoffMs: 60_000, onError: onError('tidy') });
  }

  /** Does the work and writes down that it is done. Throws when it fails or when its signal says so. */
  protected abstract run(running: Running<Row>): Promise<void>;

  /** Writes down why it failed. @returns the code, for the log */
  protected abstract fail(row: Row, error: unknown): Promise<string>;

  /** What goes with rows that expired. */
  protected async tidied(_expired: Row[]): Promise<void> {}

  onApplicationBootstrap(): void {
    this.work.start();
    this.tidying.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const controller of this.aborts.values()) controller.abort(new Ended('stopping'));
    await Promise.all([this.work.stop(), this.tidying.stop()]);
  }

  /** Something was asked for: look now. */
  wake(): void {
    this.work.wake();
  }

  /** Its row is gone. In another process it ends with the next beat. */
  cancel(id: string): void {
    this.aborts.get(id)?.abort(new Ended('removed'));
  }

  /** Begins again what a killed process left, removes what expired. @returns false */
  async tidy(): Promise<boolean> {
    await this.rows.recover();
    await this.tidied(await this.rows.expire());
    return false;
  }

  private async runOne(): Promise<boolean> {
    const row = await this.rows.claim(this.runner);
    if (!row) return false;
    const controller = new AbortController();
    this.aborts.set(row.id, controller);
    try {
      await this.run({ row, signal: controller.signal, beating: this.beatsOf(row, controller) });
    } catch (error) {
      await this.settle(row, error);
    } finally {
      this.aborts.delete(row.id);
    }
    return true;
  }

  private beatsOf(row: Row, controller: AbortController): Running<Row>['beating'] {
    return async (progress, work) => {
      const beat = async () => {
        if (!(await this.rows.beat(row.id, this.runner, progress()))) controller.abort(new Ended('removed'));
        return false;
      };
      const beats = new Loop(beat, { idleMs: beatEveryMs, maxBackoffMs: beatEveryMs, onError: () => undefined });
      beats.start();
      try {
        return await work();
      } finally {
        await beats.stop();
      }
    };
  }

  private async settle(row: Row, error: unknown): Promise<void> {
    if (error instanceof Ended) {
      if (error.reason === 'stopping') await this.rows.giveBack(row.id, this.runner);
      return;
    }
    const code = await this.fail(row, error);
    this.logger.warn({ id: row.id, code, err: code === 'failed' ? error : undefined }, `${this.name}: one failed`);
  }
}
