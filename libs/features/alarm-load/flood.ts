/** ISA-18.2 16.5: more than 10 new alarms within 10 minutes are a flood; it is over when fewer than 5 came within 10 minutes. */
export const floodWindowMs = 600_000;
export const floodBeginsAbove = 10;
export const floodEndsBelow = 5;

export interface FloodSpan {
  /** The moment of the alarm that was too much. */
  from: number;
  /** The moment when few enough were left in the window; `null`: it goes on. */
  to: number | null;
  /** Alarms told in it, with those that filled the window. */
  alarms: number;
}

/**
 * Tells floods from the times of alarms, told in order. Keeps the alarms of the last ten minutes and nothing else, so
 * its memory is bounded by how many can come in ten minutes.
 */
export class FloodMeter {
  /** Alarms of the window, oldest first from `first` on. */
  private window: number[] = [];
  private first = 0;
  private span: FloodSpan | undefined;

  /** @param onEnd told of each flood that is over */
  constructor(private readonly onEnd: (span: FloodSpan) => void = () => undefined) {}

  get inWindow(): number {
    return this.window.length - this.first;
  }

  /** The flood that goes on at the last moment told. */
  get current(): FloodSpan | undefined {
    return this.span;
  }

  add(at: number): void {
    this.passTo(at);
    this.window.push(at);
    if (this.span) this.span.alarms += 1;
    else if (this.inWindow > floodBeginsAbove) this.span = { from: at, to: null, alarms: this.inWindow };
  }

  /** Time passes up to and with this moment. */
  passTo(now: number): void {
    while (this.first < this.window.length && this.window[this.first]! <= now - floodWindowMs) {
      const left = this.window[this.first]! + floodWindowMs;
      this.first += 1;
      if (this.span && this.inWindow < floodEndsBelow) {
        this.onEnd({ ...this.span, to: left });
        this.span = undefined;
      }
    }
    // Cut seldom: each alarm is moved once on average.
    if (this.first > 1024 && this.first * 2 > this.window.length) {
      this.window = this.window.slice(this.first);
      this.first = 0;
    }
  }
}
