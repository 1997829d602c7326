/**
 * Runs `step` again and again, one at a time: at once after `wake()`, else after `idleMs`; after an error it waits
 * longer each time, up to `maxBackoffMs`. A step that answers `true` has more to do and is called again at once.
 */
export class Loop {
  private running?: Promise<void>;
  private stopped = false;
  private woken = false;
  private failures = 0;
  private release?: () => void;

  constructor(
    private readonly step: () => Promise<boolean>,
    private readonly options: {
      idleMs: number;
      maxBackoffMs: number;
      onError: (error: unknown, failures: number) => void;
    },
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  wake(): void {
    this.woken = true;
    if (this.failures === 0) this.release?.();
  }

  /** Resolves after the step under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.release?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      let more = false;
      this.woken = false;
      try {
        more = await this.step();
        this.failures = 0;
      } catch (error) {
        this.failures += 1;
        this.options.onError(error, this.failures);
      }
      if (!more && !this.stopped) await this.rest();
    }
  }

  private rest(): Promise<void> {
    if (this.woken && this.failures === 0) return Promise.resolve();
    const { idleMs, maxBackoffMs } = this.options;
    const wait = this.failures ? Math.min(maxBackoffMs, idleMs * 2 ** Math.min(this.failures, 16)) : idleMs;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.release = undefined;
        resolve();
      };
      const timer = setTimeout(done, wait);
      this.release = done;
    });
  }
}
