import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { DeviceLogin } from '../../../simulators/client/index.js';
import { waitUntil } from '../../support/wait.js';
import type { StoryMessage } from './story.js';

export interface LoadDevice {
  login: DeviceLogin;
  topic: string;
  names: readonly [string, string, string];
  /** Of its connections; each sends everything. Left out: one. */
  suffixes?: readonly string[];
}

export interface PublishersOptions {
  port: number;
  load: readonly LoadDevice[];
  story: readonly { login: DeviceLogin; topic: string; messages: readonly StoryMessage[] }[];
  window: number;
  /** Times of the readings of each device. */
  timeline: { from: number; stepMs?: number; limit?: number; atFullRate?: number };
  twice: boolean;
  recordPath: string;
}

interface Progress {
  acknowledged: number;
  sent: number;
  outstanding: number;
  storyIsOver: boolean;
  connected: number;
  connects: number;
}

export interface PublishersReport extends Progress {
  strangeAcks: number;
  /** By device of the story: whether all of its messages were acknowledged. */
  told: boolean[];
}

/** Everything may be slow on a busy machine; a device that is not let in for so long is stuck. */
const hangLimitMs = 120_000;

/** The devices of one round, as a process of their own (programs/publishers.mjs). */
export class Publishers {
  progress: Progress = { acknowledged: 0, sent: 0, outstanding: 0, storyIsOver: false, connected: 0, connects: 0 };
  private report?: PublishersReport;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ kind, ...news }: { kind: string } & PublishersReport) => {
      if (kind === 'done') this.report = news;
      this.progress = news;
    });
  }

  /** Resolves when every device is connected and acknowledgements come. */
  static async start(options: PublishersOptions): Promise<Publishers> {
    const child = fork(resolve('test/faults/programs/publishers.mjs'), [], { execArgv: [] });
    const publishers = new Publishers(child);
    child.send({ kind: 'run', ...options });
    const all = options.story.length + options.load.reduce((sum, { suffixes }) => sum + (suffixes?.length ?? 1), 0);
    await waitUntil(
      () => publishers.progress.connects >= all && publishers.progress.acknowledged > options.load.length,
      hangLimitMs,
    );
    return publishers;
  }

  /** Every so many-th connection is reset in the middle of a packet. */
  cut(every: number): void {
    this.child.send({ kind: 'cut', every });
  }

  /** The clock of every so many-th device of the load jumps. */
  jump(every: number, byMs: number): void {
    this.child.send({ kind: 'jump', every, byMs });
  }

  /** Ends the load and resolves when all that was sent is acknowledged. @throws when it is not within the limit */
  async stop(limitMs: number): Promise<PublishersReport> {
    this.child.send({ kind: 'stop' });
    await waitUntil(() => this.report !== undefined, limitMs);
    await this.end();
    return this.report!;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
