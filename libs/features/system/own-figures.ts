import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { ProcessFigures } from '@sc/contracts';

const resolutionMs = 10;
/** A minute, at one sample every five seconds. */
const kept = 12;

/** Memory, processor and event loop of this process. */
export class OwnFigures {
  private readonly delay = monitorEventLoopDelay({ resolution: resolutionMs });
  private readonly delays: { p99: number; max: number }[] = [];
  private usage = process.cpuUsage();
  private usedAt = performance.now();

  start(): void {
    this.delay.enable();
  }

  stop(): void {
    this.delay.disable();
  }

  /** To be called every few seconds: the processor time is of the time since the last call, delays are the worst of a minute. */
  read(): ProcessFigures['process'] {
    this.delays.push({ p99: late(this.delay.percentile(99)), max: late(this.delay.max) });
    if (this.delays.length > kept) this.delays.shift();
    this.delay.reset();
    const heap = getHeapStatistics();
    return {
      rssBytes: process.memoryUsage.rss(),
      heapUsedBytes: heap.used_heap_size,
      heapLimitBytes: heap.heap_size_limit,
      cpuCores: this.cores(),
      loopDelayP99Seconds: Math.max(...this.delays.map(({ p99 }) => p99)),
      loopDelayMaxSeconds: Math.max(...this.delays.map(({ max }) => max)),
    };
  }

  private cores(): number {
    const now = performance.now();
    const { user, system } = process.cpuUsage(this.usage);
    const cores = now > this.usedAt ? (user + system) / 1000 / (now - this.usedAt) : 0;
    this.usage = process.cpuUsage();
    this.usedAt = now;
    return cores;
  }
}

/** What is measured holds the pause between two looks; of a loop that stood still all the while there is no look at all. */
function late(nanoseconds: number): number {
  const seconds = nanoseconds / 1e9 - resolutionMs / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}
