export class UsageError extends Error {}

/** Runs a command-line entry: a failure is one readable line and a non-zero exit, wrong use shows the usage. */
export async function runCommand(
  usage: string,
  work: (print: (line: string) => void) => Promise<boolean>,
): Promise<void> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    process.exitCode = (await work(print)) ? 0 : 1;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isUsage =
      error instanceof UsageError || (error as { code?: unknown }).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
    process.stderr.write(isUsage ? `${message ? `${message}\n\n` : ''}${usage}\n` : `${message}\n`);
    process.exitCode = isUsage ? 2 : 1;
  }
}
