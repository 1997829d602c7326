/** Keeps the first so many of what comes in nearly that order; the rest is forgotten. */
export class FirstFew<T> {
  private kept: T[] = [];

  constructor(
    private readonly most: number,
    private readonly compare: (a: T, b: T) => number,
  ) {}

  get items(): readonly T[] {
    return this.kept.toSorted(this.compare).slice(0, this.most);
  }

  add(item: T): void {
    this.kept.push(item);
    // Sorted only now and then: twice as many is still bounded.
    if (this.kept.length >= 2 * this.most) this.kept = [...this.items];
  }
}
