import type { Rule } from '@sc/contracts';
import { CostMeter } from './cost-meter.js';

/** A batch that takes less than this, or less for each input, is no trouble, whatever it was spent on. */
const noticedMs = 20;
const noticedMicroseconds = 200;
/** So much is looked at before rules are judged; the rest of a quiet day must not be waited for. */
const enoughInputs = 2_000;
const enoughBatches = 200;

/** Looks where the time goes when batches are slow: rules are measured one by one for a while, then judged. */
export class CostWatch {
  private meter: CostMeter | undefined;
  private inputs = 0;
  private batches = 0;

  constructor(
    private readonly measure: (meter?: CostMeter) => void,
    private readonly judge: (rule: Rule, microseconds: number) => void,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** A batch of inputs was judged by all rules. */
  took(inputs: number, ms: number): void {
    if (!this.meter) {
      if (ms > noticedMs && ms * 1000 > noticedMicroseconds * inputs) this.begin();
      return;
    }
    this.inputs += inputs;
    this.batches += 1;
    if (this.inputs >= enoughInputs || this.batches >= enoughBatches) this.end(this.meter);
  }

  private begin(): void {
    this.inputs = this.batches = 0;
    this.meter = new CostMeter(this.now);
    this.measure(this.meter);
  }

  private end(meter: CostMeter): void {
    this.meter = undefined;
    this.measure(undefined);
    for (const { rule, microseconds } of meter.averages()) this.judge(rule, microseconds);
  }
}
