import { TimeSeriesUnavailableError, type AppendResult, type Reading } from './time-series.js';

interface Waiting {
  readings: readonly Reading[];
  resolve: (result: AppendResult) => void;
  reject: (error: unknown) => void;
}

/** Readings that may wait for their commit; more are refused as unavailable, so that a stalled store cannot fill the memory. */
const MAX_WAITING_READINGS = 500_000;
/** Batches that wait are committed together up to about this many readings: one commit then serves many small batches. */
const COMMIT_READINGS = 20_000;

/** One commit at a time; what arrives meanwhile is committed together by the next. */
export class CommitQueue {
  private waiting: Waiting[] = [];
  private waitingReadings = 0;
  private readonly interludes: (() => Promise<void>)[] = [];
  private committing: Promise<void> | undefined;

  /** @param commit tells what became of each batch, or rejects for all of them */
  constructor(private readonly commit: (batches: readonly (readonly Reading[])[]) => Promise<AppendResult[]>) {}

  async append(readings: readonly Reading[]): Promise<AppendResult> {
    if (this.waitingReadings > MAX_WAITING_READINGS)
      throw new TimeSeriesUnavailableError('too many readings wait for their commit');
    this.waitingReadings += readings.length;
    return new Promise((resolve, reject) => {
      this.waiting.push({ readings, resolve, reject });
      this.committing ??= this.commitWaiting();
    });
  }

  /** Runs the work between two commits; readings that arrive meanwhile wait for it, so it must be short. */
  async between<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.interludes.push(() => work().then(resolve, reject));
      this.committing ??= this.commitWaiting();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.committing;
  }

  private async commitWaiting(): Promise<void> {
    while (this.waiting.length > 0 || this.interludes.length > 0) {
      if (this.interludes.length > 0) {
        await this.interludes.shift()!();
        continue;
      }
      const group = this.takeGroup();
      try {
        const results = await this.commit(group.map(({ readings }) => readings));
        group.forEach(({ resolve }, index) => resolve(results[index]!));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.committing = undefined;
  }

  private takeGroup(): Waiting[] {
    let end = 0;
    let count = 0;
    while (end < this.waiting.length && (end === 0 || count + this.waiting[end]!.readings.length <= COMMIT_READINGS)) {
      count += this.waiting[end]!.readings.length;
      end += 1;
    }
    this.waitingReadings -= count;
    return this.waiting.splice(0, end);
  }
}
