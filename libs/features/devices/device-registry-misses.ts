/** Unknown names kept; of more the oldest is forgotten. */
const maxNames = 10_000;
/** Look-ups at once; beyond it a name counts as unknown for now, and its device tries again later. */
const maxLookups = 8;
const keepMs = 30_000;

/** Look-ups of names that are not known: each name once at a time, a few names at once, and a "no" holds for a while. */
export class MissedNames<T> {
  private readonly unknownUntil = new Map<string, number>();
  private readonly running = new Map<string, Promise<T | undefined>>();

  constructor(
    private readonly lookUp: (name: string) => Promise<T | undefined>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws what the look-up throws; then nothing is remembered */
  async find(name: string): Promise<T | undefined> {
    if (this.has(name)) return undefined;
    const running = this.running.get(name);
    if (running) return running;
    if (this.running.size >= maxLookups) return undefined;
    const looking = this.lookUp(name)
      .then((found) => {
        if (found === undefined) this.remember(name);
        return found;
      })
      .finally(() => this.running.delete(name));
    this.running.set(name, looking);
    return looking;
  }

  /** Whether the name was looked up a moment ago, and there was nothing. */
  has(name: string): boolean {
    return (this.unknownUntil.get(name) ?? 0) > this.now();
  }

  forget(name: string): void {
    this.unknownUntil.delete(name);
  }

  remember(name: string): void {
    this.unknownUntil.delete(name);
    this.unknownUntil.set(name, this.now() + keepMs);
    if (this.unknownUntil.size > maxNames) this.unknownUntil.delete(this.unknownUntil.keys().next().value!);
  }
}
