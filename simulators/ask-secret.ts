import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks on the terminal without showing what is typed. @throws Error where there is no terminal */
export async function askSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Error('there is no terminal to ask for the password: set SC_PASSWORD');
  process.stderr.write(question);
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nothing, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
