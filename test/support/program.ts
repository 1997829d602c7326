import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitUntil } from './wait.js';

/** One program of a deployment in several processes, as a process of this machine. */
export class Program {
  private child?: ChildProcess;
  output = '';

  constructor(
    readonly name: string,
    private readonly command: readonly [string, ...string[]],
    private readonly environment: Record<string, string>,
  ) {}

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts it and waits until `ready` says so. @throws with what it printed when it ends before */
  async start(ready: () => Promise<boolean>, extra: Record<string, string> = {}): Promise<void> {
    this.spawn(extra);
    await waitUntil(async () => !this.running || (await ready().catch(() => false)), 120_000);
    if (!this.running) throw new Error(`${this.name} ended:\n${this.output.slice(-4000)}`);
  }

  /** Runs it to its end. @throws with what it printed unless it ended well */
  async run(): Promise<void> {
    this.spawn();
    const [code] = (await once(this.child!, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${this.name} ended with ${code}:\n${this.output.slice(-4000)}`);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.child?.pid || !this.running) return;
    const exited = once(this.child, 'exit');
    this.signal(signal);
    const limit = setTimeout(() => this.child?.pid && process.kill(-this.child.pid, 'SIGKILL'), 30_000);
    await exited;
    clearTimeout(limit);
  }

  signal(signal: NodeJS.Signals): void {
    // Its group: a script takes what it has started along.
    if (this.child?.pid && this.running) process.kill(-this.child.pid, signal);
  }

  private spawn(extra: Record<string, string> = {}): void {
    const [program, ...arguments_] = this.command;
    const child = spawn(program, arguments_, {
      env: { ...this.environment, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    child.on('error', (error) => (this.output += error.message));
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-100_000)));
    this.child = child;
  }
}
