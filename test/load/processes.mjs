import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { atEnd } from './cleanup.mjs';

const programs = join(import.meta.dirname, 'programs');

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends a child: politely, after `limitMs` by force. */
export async function end(child, signal = 'SIGTERM', limitMs = 5000) {
  if (child.pid === undefined || hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await exited;
  clearTimeout(timer);
}

/** A helper program of this folder in a process of its own. It ends with us: its channel closes. */
export class Program {
  constructor(name, args = []) {
    this.name = name;
    this.child = fork(join(programs, `${name}.mjs`), args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Ours let the channel not keep a process alive; here it is all that does.
      execArgv: [],
    });
    this.stop = atEnd(() => end(this.child));
  }

  get pid() {
    return this.child.pid;
  }

  async kill() {
    await end(this.child, 'SIGKILL');
  }

  send(message) {
    // Whoever is being stopped may no longer listen; what is missing is noticed by whoever waits for an answer.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  onMessage(kind, listener) {
    this.child.on('message', (message) => {
      if (message.kind === kind) listener(message);
    });
  }

  /** The next message of this kind. @throws when the program ends or fails first, or after `limitMs` */
  next(kind, limitMs) {
    return new Promise((resolve, reject) => {
      const settle = (work) => {
        clearTimeout(timer);
        this.child.off('message', onMessage).off('exit', onExit);
        work();
      };
      const onMessage = (message) => {
        if (message.kind === kind) settle(() => resolve(message));
        else if (message.kind === 'failed') settle(() => reject(new Error(`${this.name}: ${message.error}`)));
      };
      const onExit = (code) => settle(() => reject(new Error(`${this.name} ended with ${code}`)));
      const timer = setTimeout(() => settle(() => reject(new Error(`${this.name}: no "${kind}" came`))), limitMs);
      this.child.on('message', onMessage).on('exit', onExit);
    });
  }
}
