import {
  type CheckCode,
  type Domain,
  type Metric,
  readingRefusedEvent,
  type Rule,
  type RuleIssue,
} from '@sc/contracts';

/** What a rule is checked against. */
export interface RuleWorld {
  domains: readonly Domain[];
  /** Of the areas that the rule names those that exist. */
  areaIds: ReadonlySet<string>;
  /** Of the devices that the rule names those that exist, with their domain. */
  devices: ReadonlyMap<string, string>;
}

/** Collects what is wrong with one rule; what several kinds of condition have to look at is here. */
export class Look {
  constructor(
    readonly rule: Rule,
    readonly domain: Domain,
    readonly world: RuleWorld,
    /** Where in the rule the condition stands that is looked at. */
    private readonly place = 'condition',
    readonly issues: RuleIssue[] = [],
  ) {}

  /** For a condition within the condition. */
  inside(place: string, domain: Domain): Look {
    return new Look(this.rule, domain, this.world, place, this.issues);
  }

  add(path: string, code: CheckCode, params: RuleIssue['params'] = {}): void {
    this.issues.push({ path: path.replace(/^condition/, this.place), code, params });
  }

  /** The metric, when the domain has it and its readings are what the condition can work with. */
  metric(path: string, name: string, wanted: 'number' | 'boolean' | 'number-or-boolean'): Metric | undefined {
    const metric = Object.hasOwn(this.domain.metrics, name) ? this.domain.metrics[name] : undefined;
    if (!metric) {
      this.add(path, 'unknown-metric', { metric: name, known: Object.keys(this.domain.metrics).join(', ') });
      return undefined;
    }
    const types = [metric.type, metric.alsoType];
    const fits =
      wanted === 'number-or-boolean' ? types.some((type) => type && type !== 'string') : types.includes(wanted);
    if (fits) return metric;
    this.add(path, wanted === 'boolean' ? 'metric-not-boolean' : 'metric-not-numeric', { metric: name });
    return undefined;
  }

  /** Levels that no reading of the metric can reach raise or clear nothing. */
  level(path: string, value: number, [low, high]: readonly [number, number]): void {
    if (value >= low && value <= high) return;
    this.add(path, 'level-out-of-range', { value, low: printed(low), high: printed(high) });
  }

  event(path: string, type: string): void {
    if (type === readingRefusedEvent || Object.hasOwn(this.domain.events, type)) return;
    this.add(path, 'unknown-event', { event: type, known: Object.keys(this.domain.events).join(', ') });
  }

  events(path: string, types: readonly string[]): void {
    types.forEach((type, index) => {
      this.event(`${path}[${index}]`, type);
      if (types.indexOf(type) < index) this.add(`${path}[${index}]`, 'listed-twice', { value: type });
    });
  }

  /** What begins a condition must not end it. */
  apart(path: string, begins: readonly string[], ends: readonly string[]): void {
    ends.forEach((type, index) => {
      if (begins.includes(type)) this.add(`${path}[${index}]`, 'begins-and-ends', { event: type });
    });
  }

  /** Over readings that come more seldom than `maxGapMs` no delay ever runs to its end. */
  gap(path: string, maxGapMs: number, metric: Metric | undefined, longestDelayMs: number): void {
    if (longestDelayMs === 0) return;
    if (maxGapMs === 0) this.add(path, 'delay-without-gap');
    else if (metric?.usualGapMs !== undefined && maxGapMs < metric.usualGapMs)
      this.add(path, 'gap-shorter-than-usual', { gapMs: maxGapMs, usualMs: metric.usualGapMs });
  }
}

/** The values a reading can have; a boolean counts as 0 or 1. */
export function rangeOf({ type, min, max }: Metric): readonly [number, number] {
  return type === 'boolean' ? [0, 1] : [min ?? -Infinity, max ?? Infinity];
}

/** Levels are shares of another metric: of a whole that the metric cannot exceed at most 1. */
export function shareRange(metric: string, of: string, look: Look): readonly [number, number] | undefined {
  if (!look.metric('condition.of', of, 'number')) return undefined;
  return [0, look.domain.metrics[metric]?.atMost === of ? 1 : Infinity];
}

const printed = (bound: number): number | string => (Number.isFinite(bound) ? bound : bound < 0 ? '−∞' : '∞');
