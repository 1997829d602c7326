import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { LOGS, ROOT } from './root.mjs';

/** Compilers say the first cause first, npm says what to do last. */
const HEAD_LINES = 15;
const TAIL_LINES = 20;
const NOTICE_EVERY_MS = 15_000;

/** A step failed: `message` says which, `advice` what to do, `excerpt` holds the beginning and the end of its log. */
export class StepError extends Error {
  constructor(message, { advice, excerpt } = {}) {
    super(message);
    this.advice = advice;
    this.excerpt = excerpt;
  }
}

/** Prints a failure for a person. @returns the exit code */
export function reportFailure(error) {
  if (!(error instanceof StepError)) {
    console.error(error);
    return 1;
  }
  if (error.excerpt) console.error(`\n${error.excerpt}\n`);
  console.error(`✗ ${error.message}`);
  if (error.advice) console.error(`  ${error.advice}`);
  return 1;
}

/** Shows a step with its elapsed seconds: redrawn on a terminal, a line now and then elsewhere. */
export async function step(title, work) {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;
  const live = process.stdout.isTTY;
  const draw = (text) => process.stdout.write(live ? `\r\x1b[2K${text}` : `${text}\n`);
  draw(`  ${title} …`);
  const timer = setInterval(() => draw(`  ${title} … ${seconds()}`), live ? 1_000 : NOTICE_EVERY_MS);
  try {
    const result = await work();
    draw(`✓ ${title} (${seconds()})${live ? '\n' : ''}`);
    return result;
  } catch (error) {
    draw(`✗ ${title} (${seconds()})${live ? '\n' : ''}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Runs a program with its output in dist/logs/<name>.log.
 * @throws {StepError} with an excerpt of that log when it does not end with 0
 */
export async function runLogged(name, program, args, { env = process.env, advice } = {}) {
  await mkdir(LOGS, { recursive: true });
  const file = join(LOGS, `${name}.log`);
  const log = createWriteStream(file);
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const end = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  log.end();
  await finished(log);
  if (end === 0) return;
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const excerpt =
    lines.length > HEAD_LINES + TAIL_LINES ? [...lines.slice(0, HEAD_LINES), '…', ...lines.slice(-TAIL_LINES)] : lines;
  throw new StepError(`${name} failed (${end}); all of its output: ${file}`, { advice, excerpt: excerpt.join('\n') });
}
