/** Upper bounds of the steps, ms: each a tenth wider than the one before, so that a percentile is at most a tenth off. */
const widening = 1.1;
const steps = 160;

/** Latencies in bounded memory, however many there are. */
export class Latencies {
  private readonly counts = new Array<number>(steps).fill(0);
  private total = 0;
  private longest = 0;

  add(ms: number): void {
    const step = ms <= 0.1 ? 0 : Math.ceil(Math.log(ms / 0.1) / Math.log(widening));
    this.counts[Math.min(steps - 1, Math.max(0, step))]! += 1;
    this.total += 1;
    this.longest = Math.max(this.longest, ms);
  }

  get count(): number {
    return this.total;
  }

  get max(): number {
    return this.longest;
  }

  /** @param share 0.99 = the time within which 99 of 100 were done */
  percentile(share: number): number {
    let rest = Math.ceil(this.total * share);
    for (let step = 0; step < steps; step += 1) {
      rest -= this.counts[step]!;
      if (rest <= 0) return Math.min(this.longest, 0.1 * widening ** step);
    }
    return this.longest;
  }
}
