import type { Rule } from '@sc/contracts';

/** So many inputs of one rule say something about it. */
const fewest = 200;
const mostSamples = 1_000;
/** Of a rule's inputs so many are left out, the dearest: a collection of garbage or another program took the processor then. */
const leftOut = 0.1;

/** Measures what rules cost, for a while: two looks at a clock per rule and input are too much for always. */
export class CostMeter {
  private readonly costs = new Map<string, { rule: Rule; samples: number[] }>();
  private startedAt = 0;

  /** @param now of a clock that only goes on, ms with fractions */
  constructor(private readonly now: () => number) {}

  begin(): void {
    this.startedAt = this.now();
  }

  end(rule: Rule): void {
    const ms = this.now() - this.startedAt;
    const cost = this.costs.get(rule.id);
    if (!cost) this.costs.set(rule.id, { rule, samples: [ms] });
    else if (cost.samples.length < mostSamples) cost.samples.push(ms);
  }

  /** Microseconds per input, of the rules that took enough of them. */
  *averages(): Iterable<{ rule: Rule; microseconds: number }> {
    for (const { rule, samples } of this.costs.values()) {
      if (samples.length < fewest) continue;
      const usual = samples.toSorted((a, b) => a - b).slice(0, Math.ceil(samples.length * (1 - leftOut)));
      yield { rule, microseconds: (usual.reduce((sum, ms) => sum + ms, 0) * 1000) / usual.length };
    }
  }
}
