import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The simulated devices, in a process of their own: devices are not part of the platform. They end when our end of their stdin closes. */
export class SimulatorsProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(environment: Record<string, string>, dataDir: string): Promise<SimulatorsProcess> {
    const entry = fileURLToPath(new URL('../../../simulators/main.js', import.meta.url));
    await mkdir(join(dataDir, 'logs'), { recursive: true });
    const log = openSync(join(dataDir, 'logs', 'simulators.log'), 'a');
    // In a group of its own: Ctrl-C reaches us first, and we stop the devices before the broker.
    const child = spawn(process.execPath, [entry], { stdio: ['pipe', log, log], env: environment, detached: true });
    return new SimulatorsProcess(child);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.stdin?.end();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
    await exited;
    clearTimeout(timer);
  }
}
