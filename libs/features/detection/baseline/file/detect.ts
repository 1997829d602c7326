import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { RowError, scoreRows } from './score-rows.js';

const usage = `npm run detect -- <csv: timestamp,value> --out <csv: timestamp,value,anomaly_score>
Scores each row by the rows before it: 0 is usual, 0.5 is worth a look, towards 1 it is stranger than anything seen.
Rows that are not newer than those before them, and rows without a value, score 0.`;

class UsageError extends Error {}

/** The command: one file in, one file out, a line on what was found. @returns the exit code: 0, 1 for a bad file, 2 for wrong use */
export function detect(
  args: readonly string[],
  print: (line: string) => void,
  complain: (line: string) => void,
): number {
  try {
    const files = filesOf(args);
    if (!files) print(usage);
    else print(scoreFile(files));
    return 0;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    const message = error instanceof Error ? error.message : String(error);
    complain(isUsage ? `${message}\n\n${usage}` : message);
    return isUsage ? 2 : 1;
  }
}

function filesOf(args: readonly string[]): { from: string; to: string } | undefined {
  const { values, positionals } = argumentsOf(args);
  if (values.help) return undefined;
  const [from, ...more] = positionals;
  if (!from) throw new UsageError('say which file');
  if (more.length > 0) throw new UsageError(`one file at a time, not ${positionals.length}`);
  if (!values.out) throw new UsageError('say with --out where the scores go');
  if (resolve(values.out) === resolve(from))
    throw new UsageError('--out would overwrite the file itself: name another');
  return { from, to: values.out };
}

function argumentsOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function scoreFile({ from, to }: { from: string; to: string }): string {
  const text = read(from);
  try {
    const { lines, rows, late, empty } = scoreRows(text);
    write(to, `${lines.join('\n')}\n`);
    const odd = [late > 0 && `${late} not newer than a row before`, empty > 0 && `${empty} without a value`];
    return `${to}: ${rows} rows scored${odd.map((word) => (word ? `, ${word}` : '')).join('')}`;
  } catch (error) {
    if (error instanceof RowError) throw new Error(`${from}, ${error.message}`, { cause: error });
    throw error;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read (${codeOf(error)}): check its name and who may read it`, { cause: error });
  }
}

/** All or nothing: half a file of scores would be taken for a whole one. */
function write(file: string, text: string): void {
  const part = `${file}.part-${process.pid}`;
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(part, text);
    renameSync(part, file);
  } catch (error) {
    if (existsSync(part)) rmSync(part);
    throw new Error(`${file} cannot be written (${codeOf(error)}): name another with --out`, { cause: error });
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
