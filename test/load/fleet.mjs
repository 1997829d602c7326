import { readFileSync } from 'node:fs';
import { Program } from './processes.mjs';

/** One process holds so many comfortably; more processes would take each other's processor. */
const devicesPerProcess = 5000;
/** What a process needs open besides connections: libraries, databases, streams. */
const reserve = 500;
const connectingAtOnce = 100;
const names = ['temperature', 'fillPercent', 'tilt'];

/** How many devices of those wanted may connect to a process like ours: every connection is an open file. */
export function affordable(wanted) {
  const limit = openFilesLimit();
  return Math.min(wanted, limit - reserve);
}

/** Node raises the soft limit to the hard one by itself. */
export function openFilesLimit() {
  try {
    return Number(/^Max open files\s+\S+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Infinity);
  } catch {
    return Infinity;
  }
}

/** Devices in as many processes as they need, each process with a source address of its own: one has about 28,000 ports. */
export class Fleet {
  programs = [];

  /** Resolves when all are in. @returns the fleet with `connectSeconds` */
  static async connect(port, logins) {
    const fleet = new Fleet();
    const answers = [];
    for (let from = 0; from < logins.length; from += devicesPerProcess) {
      const program = new Program('fleet');
      const part = logins.slice(from, from + devicesPerProcess);
      fleet.programs.push(program);
      answers.push(program.next('connected', 600_000));
      const address = `127.0.0.${fleet.programs.length + 1}`;
      const atOnce = Math.ceil((connectingAtOnce * part.length) / logins.length);
      program.send({ kind: 'connect', port, address, logins: part, names, atOnce });
    }
    const found = await Promise.all(answers);
    fleet.connectSeconds = Math.max(...found.map(({ seconds }) => seconds));
    fleet.refusals = found.reduce((sum, { refusals }) => sum + refusals, 0);
    return fleet;
  }

  /** Each device reports once in `everySeconds` for `seconds`. @returns a report per process */
  report({ seconds, everySeconds }) {
    return this.ask('reported', (seconds + 60) * 1000, { kind: 'report', seconds, everySeconds });
  }

  /** Ask before what they are connected to ends. Resolves when each is in again. */
  back(limitMs) {
    return this.ask('back', limitMs);
  }

  async stop() {
    await Promise.all(this.programs.map((program) => program.stop()));
  }

  ask(kind, limitMs, message) {
    const answers = this.programs.map((program) => program.next(kind, limitMs));
    if (message) for (const program of this.programs) program.send(message);
    return Promise.all(answers);
  }
}
