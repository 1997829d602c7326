import fc from 'fast-check';
import { Counter, Gauge, Histogram, register } from 'prom-client';
import { MetricsWindow } from './metrics-window.js';

const counter = new Counter({ name: 'window_messages_total', help: 'x', labelNames: ['lane'] as const });
const gauge = new Gauge({ name: 'window_waiting', help: 'x' });
const buckets = [0.01, 0.1, 1, 10];
const histogram = new Histogram({ name: 'window_seconds', help: 'x', buckets });
const names = ['window_messages_total', 'window_waiting', 'window_seconds', 'never_registered'];

describe('the last minute of the metrics', () => {
  beforeEach(() => register.resetMetrics());

  it('tells rates of the window, not since the start', async () => {
    const window = new MetricsWindow(names);
    counter.inc({ lane: 'normal' }, 1_000_000);
    for (let second = 0; second <= 120; second += 5) {
      await window.take(second * 1000);
      counter.inc({ lane: 'normal' }, second < 60 ? 500 : 50);
      counter.inc({ lane: 'urgent' }, 5);
    }
    expect(window.seconds).toBe(60);
    expect(window.perSecond('window_messages_total', { lane: 'normal' })).toBe(10);
    expect(window.perSecond('window_messages_total')).toBe(11);
    expect(window.valuesOf('window_messages_total', 'lane')).toEqual(['normal', 'urgent']);
  });

  it('counts a series that appears within the window from nothing', async () => {
    const window = new MetricsWindow(names);
    await window.take(0);
    counter.inc({ lane: 'new' }, 30);
    await window.take(10_000);
    expect(window.perSecond('window_messages_total', { lane: 'new' })).toBe(3);
  });

  it('forgets what was slow more than a minute ago', async () => {
    const window = new MetricsWindow(names);
    await window.take(0);
    for (let i = 0; i < 100; i++) histogram.observe(5);
    await window.take(1000);
    expect(window.quantiles('window_seconds').p99).toBeGreaterThan(1);
    for (let second = 5; second <= 65; second += 5) await window.take(second * 1000);
    expect(window.quantiles('window_seconds')).toEqual({ count: 0, p50: null, p99: null });
  });

  it('knows nothing before the second look, and nothing of a metric that is not there', async () => {
    const window = new MetricsWindow(names);
    expect(window.now('window_waiting')).toBe(0);
    gauge.set(7);
    await window.take(0);
    expect(window.now('window_waiting')).toBe(7);
    expect(window.perSecond('window_messages_total')).toBe(0);
    expect(window.now('never_registered')).toBe(0);
    expect(window.quantiles('never_registered')).toEqual({ count: 0, p50: null, p99: null });
  });

  it('tells a quantile in the bucket that holds it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: 0.0001, max: 20, noNaN: true }), { minLength: 1 }), async (values) => {
        register.resetMetrics();
        const window = new MetricsWindow(names);
        await window.take(0);
        for (const value of values) histogram.observe(value);
        await window.take(5000);
        const { count, p50, p99 } = window.quantiles('window_seconds');
        const sorted = values.toSorted((a, b) => a - b);
        const bucketOf = (value: number) => buckets.findIndex((bound) => value <= bound);
        for (const [share, told] of [
          [0.5, p50],
          [0.99, p99],
        ] as const) {
          const bucket = bucketOf(sorted[Math.ceil(share * sorted.length) - 1]!);
          if (bucket === -1) expect(told).toBe(buckets.at(-1));
          else {
            expect(told).toBeLessThanOrEqual(buckets[bucket]!);
            expect(told).toBeGreaterThanOrEqual(buckets[bucket - 1] ?? 0);
          }
        }
        expect(count).toBe(values.length);
      }),
      { numRuns: 50 },
    );
  });
});
