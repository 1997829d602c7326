import type { Rule } from '@sc/contracts';

/** So many inputs of one rule make an average that one pause of the process does not spoil. */
const fewest = 200;

/** Measures what rules cost, for a while: two looks at a clock per rule and input are too much for always. */
export class CostMeter {
  private readonly costs = new Map<string, { rule: Rule; inputs: number; ms: number }>();
  private startedAt = 0;

  /** @param now of a clock that only goes on, ms with fractions */
  constructor(private readonly now: () => number) {}

  begin(): void {
    this.startedAt = this.now();
  }

  end(rule: Rule): void {
    const ms = this.now() - this.startedAt;
    const cost = this.costs.get(rule.id);
    if (!cost) this.costs.set(rule.id, { rule, inputs: 1, ms });
    else {
      cost.inputs += 1;
      cost.ms += ms;
    }
  }

  /** Microseconds per input, of the rules that took enough of them. */
  *averages(): Iterable<{ rule: Rule; microseconds: number }> {
    for (const { rule, inputs, ms } of this.costs.values())
      if (inputs >= fewest) yield { rule, microseconds: (ms * 1000) / inputs };
  }
}
