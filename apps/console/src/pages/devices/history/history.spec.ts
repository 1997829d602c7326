import fc from 'fast-check';
import { dayOf, wallMinute } from '../../../lib/site-day.js';
import { gapOf, missing, pointsOf, withGaps } from './points.js';
import { alignedTo, resolutionOf } from './resolution.js';
import { tableCsv, tableRows } from './shown-table.js';
import { fitted, momentAt, narrowest, panned, picked, presets, presetSpan, shiftMs, widest, zoomed } from './span.js';
import { viewOf, withView } from './view.js';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 22, 16);
// None, one hour, half an hour, and a zone that changes at midnight.
const zones = ['Asia/Shanghai', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Santiago'];
const moments = fc.integer({ min: Date.UTC(2020, 0, 1), max: now });
const spans = fc
  .tuple(moments, fc.integer({ min: narrowest, max: 400 * day }))
  .map(([to, width]) => ({ from: to - width, to }));

describe('zooming', () => {
  it('keeps the moment under the pointer, within what may be and never beyond now', () => {
    fc.assert(
      fc.property(
        spans,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (span, factor, place) => {
          const at = momentAt(span, place);
          const next = zoomed(span, factor, at, now);
          const width = next.to - next.from;
          expect(width).toBeGreaterThanOrEqual(narrowest);
          expect(width).toBeLessThanOrEqual(widest);
          expect(next.to).toBeLessThanOrEqual(now);
          expect(Number.isInteger(next.from) && Number.isInteger(next.to)).toBe(true);
          if (next.to < now) expect(Math.abs((at - next.from) / width - place)).toBeLessThan(2 / width + 1e-6);
        },
      ),
    );
  });

  it('in and out again is where one was, unless an end was in the way', () => {
    fc.assert(
      fc.property(spans, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (span, factor) => {
        const at = (span.from + span.to) / 2;
        const inside = zoomed(span, factor, at, now);
        fc.pre(inside.to - inside.from > narrowest);
        const back = zoomed(inside, 1 / factor, (inside.from + inside.to) / 2, now);
        expect(Math.abs(back.from - span.from) + Math.abs(back.to - span.to)).toBeLessThan(100);
      }),
    );
  });

  it('to the side keeps the width; a drag is the same in both directions', () => {
    fc.assert(
      fc.property(
        spans,
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (span, share, place) => {
          const next = panned(span, share, now);
          expect(Math.abs(next.to - next.from - (span.to - span.from))).toBeLessThanOrEqual(1);
          expect(next.to).toBeLessThanOrEqual(now);
          expect(picked(span, place, 1 - place, now)).toEqual(picked(span, 1 - place, place, now));
        },
      ),
    );
  });

  it('of nothing at all is still a minute', () => {
    expect(fitted({ from: now, to: now }, now)).toEqual({ from: now - narrowest, to: now });
  });
});

describe('days of the site', () => {
  it('begin at its midnight, also where the clocks change', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (at, zone) => {
        const { from, to } = presetSpan('yesterday', at, zone);
        expect(dayOf(from, zone)).toBe(dayOf(to - 1, zone));
        expect(dayOf(from - 1, zone)).not.toBe(dayOf(from, zone));
        expect(dayOf(to, zone)).toBe(dayOf(at, zone));
        for (const preset of presets) {
          const span = presetSpan(preset, at, zone);
          expect(span.from).toBeLessThan(span.to);
        }
      }),
    );
    // Berlin put its clocks back on 25 October 2026: a day of 25 hours.
    const { from, to } = presetSpan('yesterday', Date.UTC(2026, 9, 26, 12), 'Europe/Berlin');
    expect(to - from).toBe(25 * hour);
  });

  it('earlier lie over each other by the clock on the wall', () => {
    fc.assert(
      fc.property(
        moments,
        fc.constantFrom('Asia/Shanghai', 'Europe/Berlin'),
        fc.constantFrom(1, 7),
        (from, zone, days) => {
          const shift = shiftMs({ from, to: from + day }, days, zone);
          expect(Math.abs(shift - days * day)).toBeLessThanOrEqual(hour);
          const [then, at] = [from - shift, from].map((moment) => wallMinute(moment, zone).slice(11));
          // Berlin's clocks go from 02:00 to 03:00 once a year: what they leave out is an hour later.
          expect([at, at?.replace(/^02/, '03')]).toContain(then);
          if (then !== at) expect(wallMinute(from - shift - hour, zone).slice(11, 13)).toBe('01');
        },
      ),
    );
    // 23:00 in Berlin, a week after the day of 23 hours.
    const late = Date.UTC(2024, 3, 7, 21);
    expect(wallMinute(late - shiftMs({ from: late, to: late + day }, 7, 'Europe/Berlin'), 'Europe/Berlin')).toBe(
      '2024-03-31T23:00',
    );
    expect(shiftMs({ from: now, to: now }, 0, 'Asia/Shanghai')).toBe(0);
  });
});

describe('what the points are made of', () => {
  const metric = { type: 'number', unit: '', title: { en: '', 'zh-CN': '' }, retention: 'technical' } as const;

  it('never asks for more windows than a chart shows, nor for what is not kept any more', () => {
    fc.assert(
      fc.property(spans, fc.boolean(), (span, tooMany) => {
        const { windowMs, from } = resolutionOf(span, metric, now, tooMany);
        if (windowMs === undefined) {
          expect(tooMany).toBe(false);
          expect(now - span.from).toBeLessThanOrEqual(90 * day);
          expect(from).toBe('raw');
          return;
        }
        expect((span.to - span.from) / windowMs).toBeLessThanOrEqual(750);
        if (now - span.from > 180 * day) expect(from).toBe('hour');
        const { from: first, to: last } = alignedTo(span, windowMs);
        expect([first % windowMs, last % windowMs]).toEqual([0, 0]);
        expect(first <= span.from && last >= span.to).toBe(true);
      }),
    );
    expect(resolutionOf({ from: now - hour, to: now }, metric, now).windowMs).toBeUndefined();
    expect(resolutionOf({ from: now - 90 * day, to: now }, metric, now)).toEqual({ windowMs: 3 * hour, from: 'hour' });
  });
});

describe('gaps', () => {
  const every = (ms: number, times: number[]) => times.map((n) => ({ at: n * ms, mean: n, low: n, high: n }));

  it('are holes, not lines; a device that reports seldom has none', () => {
    const usual = every(600_000, [0, 1, 2, 3, 4, 5]);
    expect(withGaps(usual, gapOf(usual, 60_000))).toEqual(usual);
    const broken = every(60_000, [0, 1, 2, 3, 30, 31, 32]);
    expect(withGaps(broken, gapOf(broken, undefined)).filter((one) => 'hole' in one)).toEqual([
      { at: 180_001, hole: true },
    ]);
    expect(missing(broken, gapOf(broken, undefined), { from: 0, to: 33 * 60_000 })).toEqual({
      count: 1,
      ms: 27 * 60_000,
    });
    expect(missing([], 3000, { from: 0, to: 5000 })).toEqual({ count: 1, ms: 5000 });
  });

  it('a switch is drawn as 0 and 1, a word is not drawn', () => {
    const points = pointsOf(
      {
        windows: [[5, 2, 1, 3]],
        readings: [
          [10, true],
          [20, 'open'],
        ],
        truncated: false,
      },
      100,
    );
    expect(points).toEqual([
      { at: 105, mean: 2, low: 1, high: 3 },
      { at: 110, mean: 1, low: 1, high: 1 },
    ]);
  });
});

describe('the address', () => {
  it('says the view, and says it again the same', () => {
    const ids = fc.constantFrom('c1/a', 'c1/b-2');
    fc.assert(
      fc.property(
        fc.record({
          metric: fc.constantFrom(undefined, 'smoke', 'battery'),
          preset: fc.constantFrom(...presets),
          span: fc.option(spans, { nil: undefined }),
          others: fc.array(
            fc.record({ deviceId: ids, metric: fc.constantFrom('smoke', 'a.b_c-1'), daysBack: fc.nat(366) }),
            { maxLength: 3 },
          ),
          table: fc.boolean(),
        }),
        (view) => {
          const params = withView(new URLSearchParams('tab=rules'), view);
          expect(params.get('tab')).toBe('rules');
          expect(viewOf(params, now)).toEqual(view);
        },
      ),
    );
  });

  it('is no way to ask for nonsense', () => {
    const params = new URLSearchParams('range=ever&from=x&to=2026&with=../x~a~1&with=c1/a~smoke~999&with=c1/a~smoke~1');
    expect(viewOf(params, now)).toMatchObject({
      preset: '24h',
      span: undefined,
      others: [{ deviceId: 'c1/a', daysBack: 1 }],
    });
    const backwards = new URLSearchParams('from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z');
    expect(viewOf(backwards, now).span).toBeUndefined();
  });
});

it('the table has every point once, and no cell that a spreadsheet would run', () => {
  const at = (n: number) => ({ at: n, mean: n, low: n - 1, high: n + 1 });
  const rows = tableRows([[at(1000), at(2000)], [at(2000)]]);
  expect(rows.map((row) => [row.at, row.values.map((point) => point?.mean)])).toEqual([
    [2000, [2000, 2000]],
    [1000, [1000, undefined]],
  ]);
  expect(tableCsv(rows, ['=1+1', 'B, "b"'], false).split('\r\n').slice(0, 3)).toEqual([
    `\uFEFFtime,'=1+1,"B, ""b"""`,
    '1970-01-01T00:00:01.000Z,1000,',
    '1970-01-01T00:00:02.000Z,2000,2000',
  ]);
});
