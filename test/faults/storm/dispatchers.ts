import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Program } from '../../support/program.js';
import { freePort } from '../../support/services/binary.js';
import { Random } from '../campaign/random.js';

/** One in so many is killed before it has come up. */
const killedWhileStarting = 0.2;
/** Where coming up takes longer than half of this they live as long again: on a busy machine they would be killed before they did anything. */
const shortLifeMs = 5000;

/** Dispatch as several processes, each killed again and again at a moment of chance and started anew by whoever runs it. */
export class Dispatchers {
  kills = 0;
  /** Last words of those that ended by themselves. */
  readonly ended: string[] = [];
  private readonly programs: { program: Program; port: number }[] = [];
  private readonly lives: Promise<void>[] = [];
  private killing = true;

  constructor(
    private readonly environment: Record<string, string>,
    private readonly seed: number,
  ) {}

  async start(count: number): Promise<void> {
    const command = [process.execPath, resolve('dist/apps/dispatch/src/main.js')] as const;
    for (let n = 1; n <= count; n += 1) {
      const port = await freePort();
      const environment = { ...this.environment, HTTP_PORT: String(port) };
      this.programs.push({ program: new Program(`dispatch-${n}`, command, environment), port });
    }
    await Promise.all(this.programs.map(({ program, port }) => program.start(() => isReady(port))));
  }

  strike(): void {
    this.programs.forEach((one, n) => this.lives.push(this.live(one, new Random(this.seed + n))));
  }

  /** From now on they live; resolves when all of them take work. */
  async spare(): Promise<void> {
    this.killing = false;
    await Promise.all(this.lives);
  }

  /** The end of what each of them said. */
  log(): string {
    return this.programs.map(({ program }) => `── ${program.name}\n${program.output.slice(-2000)}`).join('\n');
  }

  async stop(): Promise<void> {
    this.killing = false;
    await Promise.all(this.lives);
    await Promise.all(this.programs.map(({ program }) => program.end('SIGTERM')));
  }

  private async live({ program, port }: (typeof this.programs)[number], random: Random): Promise<void> {
    let up: Promise<unknown> = Promise.resolve();
    let startMs = 0;
    while (this.killing) {
      const early = random.next() < killedWhileStarting;
      if (!early) await up;
      await wait(early ? random.between(0, 2500) : random.between(100, Math.max(shortLifeMs, 2 * startMs)));
      if (!this.killing) break;
      if (program.running) {
        await program.end('SIGKILL');
        this.kills += 1;
        await up;
      } else this.ended.push(`${program.name}: ${program.output.slice(-600)}`);
      await wait(random.between(0, 1500));
      // Killed while it comes up it ends there, which is no news.
      const from = Date.now();
      const came = () => (startMs = Date.now() - from);
      up = program.start(() => isReady(port)).then(came, () => undefined);
    }
    await up;
  }
}

const isReady = async (port: number): Promise<boolean> =>
  (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200;
