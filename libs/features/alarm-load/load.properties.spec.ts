import fc from 'fast-check';
import { figuresOf, loadFigures, p90 } from './figures.js';
import { FloodMeter, type FloodSpan } from './flood.js';
import { bucketMs, LoadMeter, type ToldAlarm } from './load-meter.js';

const minute = 60_000;
const window = 10 * minute;

/** How many lie in the ten minutes up to a moment, asked of all alarms there are. */
const inWindow = (times: readonly number[], at: number): number =>
  times.filter((time) => time > at - window && time <= at).length;

/** A flood as its definition has it, looked at wherever anything can change. */
function slowFloods(times: readonly number[], until: number): { from: number; to: number | null }[] {
  const moments = [...new Set([...times, ...times.map((time) => time + window)])]
    .filter((at) => at <= until)
    .sort((a, b) => a - b);
  const floods: { from: number; to: number | null }[] = [];
  let current: { from: number; to: number | null } | undefined;
  for (const at of moments) {
    const count = inWindow(times, at);
    if (!current && count > 10) floods.push((current = { from: at, to: null }));
    if (current && count < 5) {
      current.to = at;
      current = undefined;
    }
  }
  return floods;
}

/** Bursts and lulls, also several at one moment. */
const times = fc
  .array(
    fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 50_000 }) }, fc.integer({ min: 0, max: 900_000 })),
    {
      maxLength: 120,
    },
  )
  .map((gaps) => gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], []));

describe('a flood', () => {
  it('is told as its definition has it, whatever comes when', () => {
    fc.assert(
      fc.property(times, fc.nat(2_000_000), (all, rest) => {
        const until = (all.at(-1) ?? 0) + rest;
        const told: FloodSpan[] = [];
        const meter = new FloodMeter((span) => told.push(span));
        for (const at of all) meter.add(at);
        meter.passTo(until);
        const spans = [...told, ...(meter.current ? [meter.current] : [])].map(({ from, to }) => ({ from, to }));
        expect(spans).toEqual(slowFloods(all, until));
        expect(meter.inWindow).toBe(inWindow(all, until));
      }),
    );
  });

  it.each([
    ['ten are none', 10, false],
    ['eleven are one', 11, true],
  ])('%s', (_, count, expected) => {
    const meter = new FloodMeter();
    for (let n = 0; n < count; n += 1) meter.add(n * 1000);
    expect(meter.current !== undefined).toBe(expected);
  });

  it('goes on between ten and five, so that it does not come and go', () => {
    const ended: FloodSpan[] = [];
    const meter = new FloodMeter((span) => ended.push(span));
    for (let n = 0; n < 11; n += 1) meter.add(n);
    meter.passTo(window + 5);
    expect(meter.inWindow).toBe(5);
    expect(meter.current).toMatchObject({ from: 10, to: null, alarms: 11 });
    meter.passTo(window + 6);
    expect(ended).toEqual([{ from: 10, to: window + 6, alarms: 11 }]);
  });
});

const from = Date.UTC(2026, 0, 1);
const anyStep: fc.Arbitrary<ToldAlarm> = fc.record({
  at: fc.integer({ min: -3 * window, max: 8 * window }).map((ms) => from + ms),
  kind: fc.constantFrom('told' as const, 'told' as const, 'seen' as const),
  alarmId: fc.constantFrom('a', 'b', 'c', 'd'),
  ruleId: fc.constantFrom('smoke', 'silent'),
  deviceId: fc.constantFrom('c/1', 'c/2'),
  severity: fc.constantFrom('extreme' as const, 'moderate' as const, 'minor' as const),
  judgement: fc.constant(null),
});
const anySteps = fc.array(anyStep, { maxLength: 80 }).map((all) => all.toSorted((a, b) => a.at - b.at));

describe('the load of a range', () => {
  it('is what a slow count of everything says', () => {
    fc.assert(
      fc.property(anySteps, fc.integer({ min: 1, max: 7 * window }), (steps, rangeMs) => {
        const to = from + rangeMs;
        const meter = new LoadMeter(from, to);
        for (const step of steps) meter.add(step);
        const count = meter.result();
        const told = steps.filter(({ at, kind }) => kind === 'told' && at >= from && at < to);
        expect(count.alarms).toBe(told.length);
        expect(count.buckets).toEqual(
          Array.from({ length: Math.ceil(rangeMs / bucketMs) }, (_, index) => {
            const begins = from + index * bucketMs;
            return told.filter(({ at }) => at >= begins && at < begins + bucketMs).length;
          }),
        );
        for (const severity of ['extreme', 'moderate', 'minor'] as const)
          expect(count.bySeverity[severity] ?? 0).toBe(told.filter((one) => one.severity === severity).length);
        // Each alarm waits from the first telling after which nobody has seen it until somebody sees it.
        const waits: number[] = [];
        let notSeen = 0;
        for (const id of ['a', 'b', 'c', 'd']) {
          let since: number | undefined;
          for (const { at, kind } of steps.filter((one) => one.alarmId === id && one.at >= from && one.at < to)) {
            if (kind === 'told') since ??= at;
            else if (since !== undefined) {
              waits.push(at - since);
              since = undefined;
            }
          }
          if (since !== undefined) notSeen += 1;
        }
        expect([...count.waits]).toEqual(waits.toSorted((a, b) => a - b));
        expect(count.notSeen).toBe(notSeen);
        const all = steps.filter(({ kind, at }) => kind === 'told' && at < to).map(({ at }) => at);
        const floods = slowFloods(all, to)
          .map((flood) => ({ from: Math.max(flood.from, from), to: Math.min(flood.to ?? to, to) }))
          .filter((flood) => flood.to > flood.from);
        expect(count.floods.map((flood) => ({ from: flood.from, to: flood.to }))).toEqual(floods);
        for (const { ruleId, deviceId, chattered } of count.pairs) {
          const own = told.filter((one) => one.ruleId === ruleId && one.deviceId === deviceId).map(({ at }) => at);
          const chatters = own.some((at, index) => index > 1 && at - own[index - 2]! < minute);
          expect(chattered > 0).toBe(chatters);
        }
        const figures = figuresOf(count, { rangeMs, stale: 0 });
        const value = Object.fromEntries(figures.map((figure) => [figure.code, figure.value]));
        expect(value['average-rate']).toBeCloseTo(told.length / (rangeMs / bucketMs));
        expect(value['flood-share']).toBeCloseTo(floods.reduce((sum, one) => sum + one.to - one.from, 0) / rangeMs);
        const shares = ['priority-high', 'priority-medium', 'priority-low'] as const;
        if (told.length) expect(shares.reduce((sum, code) => sum + value[code]!, 0)).toBeCloseTo(1);
        else expect(shares.map((code) => value[code])).toEqual([null, null, null]);
      }),
    );
  });

  it('counts a judgement once for each alarm, and no test as right or wrong', () => {
    const meter = new LoadMeter(from, from + window);
    const judge = (alarmId: string, judgement: ToldAlarm['judgement'], deviceId = 'c/1') =>
      meter.add({ at: from, kind: 'told', alarmId, ruleId: 'smoke', deviceId, severity: 'minor', judgement });
    for (const id of ['a', 'a', 'b']) judge(id, 'false');
    judge('c', 'true', 'c/2');
    judge('d', 'test');
    judge('e', null);
    const count = meter.result();
    expect(count.judged).toEqual({ true: 1, false: 2, test: 1 });
    const figures = figuresOf(count, { rangeMs: window, stale: 7 });
    expect(figures.find(({ code }) => code === 'precision')?.value).toBeCloseTo(1 / 3);
    expect(figures.find(({ code }) => code === 'false-share')?.value).toBeCloseTo(2 / 3);
    expect(figures.find(({ code }) => code === 'stale')).toMatchObject({ value: 7, met: false });
  });

  it('has nothing to say about nothing, and says so', () => {
    const figures = figuresOf(new LoadMeter(from, from + 1).result(), { rangeMs: 1, stale: 0 });
    expect(figures.map(({ code }) => code)).toEqual(Object.keys(loadFigures));
    for (const { code, value, met, target } of figures) {
      if (value === null) expect(met).toBeNull();
      else if (target) expect([code, met]).toEqual([code, true]);
    }
  });

  it.each([
    [[], null],
    [[5], 5],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 10],
  ])('p90 of %j is %s', (sorted, expected) => {
    expect(p90(Float64Array.from(sorted))).toBe(expected);
  });

  it('of a day lasts as long as the day: 23 or 25 hours when the clocks change', () => {
    // Europe/Berlin: the last Sundays of March and October 2026, from midnight to midnight.
    const days: [string, string, number][] = [
      ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 23],
      ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 25],
    ];
    for (const [begin, end, hours] of days) {
      const [first, last] = [Date.parse(begin), Date.parse(end)];
      const meter = new LoadMeter(first, last);
      for (let at = first; at < last; at += window)
        meter.add({
          at,
          kind: 'told',
          alarmId: String(at),
          ruleId: 'r',
          deviceId: 'd',
          severity: 'minor',
          judgement: null,
        });
      const count = meter.result();
      expect(count.buckets).toEqual(new Array(hours * 6).fill(1));
      expect(figuresOf(count, { rangeMs: last - first, stale: 0 })[0]).toMatchObject({ value: 1, met: false });
    }
  });

  it('divides shifts that follow each other: each alarm is of one', () => {
    fc.assert(
      fc.property(anySteps, fc.integer({ min: 1, max: 5 * window }), (steps, first) => {
        const count = (begin: number, end: number) => {
          const meter = new LoadMeter(begin, end);
          for (const step of steps) meter.add(step);
          return meter.result().alarms;
        };
        const [border, end] = [from + first, from + 6 * window];
        expect(count(from, border) + count(border, end)).toBe(count(from, end));
      }),
    );
  });
});
