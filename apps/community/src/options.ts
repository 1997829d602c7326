export interface CommunityOptions {
  /** `--no-simulators`: without simulated devices. */
  simulators: boolean;
}

/**
 * Reads the command line.
 * @throws Error naming the argument that is not known, and those that are
 */
export function readOptions(args: readonly string[]): CommunityOptions {
  const unknown = args.filter((argument) => argument !== '--no-simulators');
  if (unknown.length) throw new Error(`Unknown argument ${unknown.join(' ')}. Known: --no-simulators`);
  return { simulators: !args.includes('--no-simulators') };
}
