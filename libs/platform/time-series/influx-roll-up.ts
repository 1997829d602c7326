import { BOOLEAN, encodeName, NUMBER, quoted, TEXT } from './influx-lines.js';
import { floorTo } from './roll-up-spans.js';
import type { Reading, ReadingValue } from './time-series.js';

/**
 * A window of a series as a point at its start, tags as of readings: `c` readings, `m` numbers among them, `s` their sum, `lo`, `hi`;
 * `fk`, `fn`, `fs` the first reading and `lk`, `ln`, `ls` the last one, laid out as a reading is. Written again it replaces itself.
 */
export const ROLL_UPS = { minute: 'rollup_1m', hour: 'rollup_1h' } as const;

class RollUp {
  private count = 0;
  private numbers = 0;
  private sum = 0;
  private min = Number.POSITIVE_INFINITY;
  private max = Number.NEGATIVE_INFINITY;
  private last: ReadingValue;

  constructor(
    private readonly tags: string,
    private readonly first: ReadingValue,
  ) {
    this.last = first;
  }

  add(value: ReadingValue): void {
    this.count += 1;
    this.last = value;
    if (typeof value === 'string') return;
    const number = Number(value);
    this.numbers += 1;
    this.sum += number;
    this.min = Math.min(this.min, number);
    this.max = Math.max(this.max, number);
  }

  line(measurement: string, start: number): string {
    const numbers = this.numbers > 0 ? `,s=${this.sum},lo=${this.min},hi=${this.max}` : '';
    const ends = `${fieldsOf('f', this.first)},${fieldsOf('l', this.last)}`;
    return `${measurement},${this.tags} c=${this.count}i,m=${this.numbers}i${numbers},${ends} ${start}`;
  }
}

/** Rolls readings up that come in order of time; gives the lines of a window when a reading of a later one comes. */
export class RollUps {
  private readonly windows = new Map<string, RollUp>();
  private start = Number.NaN;

  constructor(
    private readonly measurement: string,
    private readonly width: number,
  ) {}

  add({ deviceId, metric, ts, value }: Reading): string[] {
    const start = floorTo(ts, this.width);
    const done = start === this.start ? [] : this.end();
    this.start = start;
    const tags = tagsOf(deviceId, metric);
    let window = this.windows.get(tags);
    if (!window) this.windows.set(tags, (window = new RollUp(tags, value)));
    window.add(value);
    return done;
  }

  /** The lines of the window that was begun. */
  end(): string[] {
    const lines = [...this.windows.values()].map((window) => window.line(this.measurement, this.start));
    this.windows.clear();
    return lines;
  }
}

export function tagsOf(deviceId: string, metric: string): string {
  return `device=${encodeName(deviceId)},metric=${encodeName(metric)}`;
}

function fieldsOf(end: 'f' | 'l', value: ReadingValue): string {
  if (typeof value === 'string') return `${end}k=${TEXT}i,${end}s=${quoted(value)}`;
  return `${end}k=${typeof value === 'boolean' ? BOOLEAN : NUMBER}i,${end}n=${Number(value)}`;
}
