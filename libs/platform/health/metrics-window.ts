import type { Quantiles } from '@sc/contracts';
import { register } from 'prom-client';

type Labels = Record<string, string | number>;
interface Series {
  labels: Labels;
  value: number;
}
interface Sample {
  at: number;
  /** By the name of the series: a histogram has `…_bucket`, `…_count` and `…_sum`. */
  series: Map<string, Series[]>;
}

/** The last minute of some metrics of this process, so that a figure tells how it is and not how it has been since the start. */
export class MetricsWindow {
  private samples: Sample[] = [];

  /** @param names of metrics; one that is not registered counts as nothing */
  constructor(
    private readonly names: readonly string[],
    private readonly lengthMs = 60_000,
  ) {}

  /** To be called every few seconds. @param at ms, of a clock that never goes back */
  async take(at: number): Promise<void> {
    const series = new Map<string, Series[]>();
    for (const name of this.names) {
      const metric = await register.getSingleMetric(name)?.get();
      for (const one of metric?.values ?? []) {
        const key = 'metricName' in one && typeof one.metricName === 'string' ? one.metricName : name;
        const list = series.get(key) ?? [];
        list.push({ labels: one.labels as Labels, value: one.value });
        series.set(key, list);
      }
    }
    this.samples = [...this.samples.filter((sample) => sample.at >= at - this.lengthMs), { at, series }];
  }

  /** How long the window is by now. */
  get seconds(): number {
    return ((this.samples.at(-1)?.at ?? 0) - (this.samples[0]?.at ?? 0)) / 1000;
  }

  /** The latest value, all series that carry these labels together. */
  now(name: string, labels: Labels = {}): number {
    return sum(this.samples.at(-1), name, labels);
  }

  /** By how much a counter went up within the window. */
  rise(name: string, labels: Labels = {}): number {
    return Math.max(0, this.now(name, labels) - sum(this.samples[0], name, labels));
  }

  perSecond(name: string, labels: Labels = {}): number {
    return this.seconds > 0 ? this.rise(name, labels) / this.seconds : 0;
  }

  valuesOf(name: string, label: string): string[] {
    return [...new Set((this.samples.at(-1)?.series.get(name) ?? []).map(({ labels }) => String(labels[label])))];
  }

  /** Of a histogram, within the window; as exact as its buckets are narrow. Beyond the last bucket its bound is told. */
  quantiles(name: string): Quantiles {
    const bounds = this.valuesOf(`${name}_bucket`, 'le')
      .map((le) => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le)))
      .sort((a, b) => a - b);
    const buckets = bounds.map((bound) => ({
      bound,
      upTo: this.rise(`${name}_bucket`, { le: Number.isFinite(bound) ? bound : '+Inf' }),
    }));
    const count = Math.round(buckets.at(-1)?.upTo ?? 0);
    if (count === 0) return { count: 0, p50: null, p99: null };
    return { count, p50: quantile(buckets, count, 0.5), p99: quantile(buckets, count, 0.99) };
  }
}

function sum(sample: Sample | undefined, name: string, labels: Labels): number {
  return (sample?.series.get(name) ?? [])
    .filter((one) => Object.entries(labels).every(([key, value]) => String(one.labels[key]) === String(value)))
    .reduce((total, { value }) => total + value, 0);
}

/** Linear within the bucket that holds it, as Prometheus does. */
function quantile(buckets: readonly { bound: number; upTo: number }[], count: number, share: number): number {
  const rank = share * count;
  const index = buckets.findIndex(({ upTo }) => upTo >= rank);
  const { bound, upTo } = buckets[index]!;
  const below = buckets[index - 1] ?? { bound: 0, upTo: 0 };
  if (!Number.isFinite(bound)) return below.bound;
  return below.bound + ((bound - below.bound) * (rank - below.upTo)) / (upTo - below.upTo);
}
