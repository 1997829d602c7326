import { Injectable } from '@nestjs/common';

type Probe = () => void | Promise<void>;

/** A probe asks memory or a server of ours; a figure that comes later is worth nothing to whoever waits. */
const limitMs = 1500;

/** What writes its gauges down only when somebody looks at the metrics. */
@Injectable()
export class Probes {
  private readonly probes: Probe[] = [];
  private running: Promise<void> | undefined;

  add(probe: Probe): void {
    this.probes.push(probe);
  }

  /** Never rejects: what cannot be asked now keeps its last value. Who comes while it runs gets the same answer. */
  run(): Promise<void> {
    return (this.running ??= this.runAll().finally(() => (this.running = undefined)));
  }

  private async runAll(): Promise<void> {
    await Promise.all(this.probes.map((probe) => within(async () => probe())));
  }
}

function within(work: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    work()
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(timer);
        resolve();
      });
  });
}
