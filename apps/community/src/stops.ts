import type { Logger } from '@sc/platform/logging';

/** What has been started, stopped in reverse. One that fails to stop does not keep the others running. */
export class Stops {
  private readonly steps: { name: string; stop: () => Promise<void> }[] = [];
  private running?: Promise<void>;

  push(name: string, stop: () => Promise<void>): void {
    this.steps.push({ name, stop });
  }

  /** Runs once; later calls wait for the same run. */
  run(logger?: Logger): Promise<void> {
    this.running ??= this.runAll(logger);
    return this.running;
  }

  private async runAll(logger?: Logger): Promise<void> {
    for (const { name, stop } of this.steps.reverse()) {
      try {
        await stop();
      } catch (error) {
        logger?.error({ err: error, part: name }, 'did not stop cleanly');
      }
    }
  }
}
