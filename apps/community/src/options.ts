export interface CommunityOptions {
  /** `--no-simulators`: without simulated devices. */
  simulators: boolean;
  /** `--empty`: a site of its own, without the demo community. */
  empty: boolean;
}

const known = ['--empty', '--no-simulators'];

/**
 * Reads the command line.
 * @throws Error naming the argument that is not known, and those that are
 */
export function readOptions(args: readonly string[]): CommunityOptions {
  const unknown = args.filter((argument) => !known.includes(argument));
  if (unknown.length) throw new Error(`Unknown argument ${unknown.join(' ')}. Known: ${known.join(', ')}`);
  return { simulators: !args.includes('--no-simulators'), empty: args.includes('--empty') };
}
