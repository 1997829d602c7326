import type { ChecklistItem } from '@sc/contracts';
import fc from 'fast-check';
import { type GivenAnswer, type GivenScan, isScanned, latestAnswers, progressOf, type RoundPoint } from './progress.js';
import { verdictOf } from './verdict.js';

const title = { 'zh-CN': '项', en: 'Item' };
const item = (key: string, required = true): ChecklistItem => ({ key, kind: 'check', title, required });
const point = (id: string, ...checklist: ChecklistItem[]): RoundPoint => ({
  id,
  key: id,
  name: title,
  areaId: null,
  placement: null,
  deviceId: null,
  position: null,
  checklist,
  categories: {},
});
const points = [point('p1', item('a'), item('b')), point('p2', item('a'), item('extra', false))];
const needed = ['p1/a', 'p1/b', 'p2/a'];
const minute = (n: number) => new Date(n * 60_000);

const answer = fc.record({
  id: fc.uuid(),
  checkPointId: fc.constantFrom('p1', 'p2'),
  itemKey: fc.constantFrom('a', 'b', 'extra'),
  skipped: fc.constantFrom(null, null, 'locked'),
  failed: fc.boolean(),
  at: fc.integer({ min: 0, max: 40 }).map(minute),
  personId: fc.constantFrom('x', 'y'),
});
const answers = fc
  .uniqueArray(answer, { selector: ({ id }) => id, maxLength: 12 })
  .map((list) => list.filter(({ checkPointId, itemKey }) => !(checkPointId === 'p2' && itemKey === 'b')));
const scans = fc.array(
  fc.record({
    checkPointId: fc.constantFrom('p1', 'p2'),
    at: fc.integer({ min: 0, max: 80 }).map(minute),
    personId: fc.constantFrom('x', 'y'),
  }),
  { maxLength: 4 },
);
const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });

describe('how far a round is', () => {
  it('does not depend on the order in which answers and scans arrive, nor on a second delivery', () => {
    const both = fc
      .tuple(answers, scans)
      .chain(([a, s]) => fc.tuple(fc.constant([a, s] as const), shuffled(a), shuffled(s)));
    fc.assert(
      fc.property(both, ([[a, s], otherA, otherS]) => {
        expect(progressOf(points, otherA, otherS)).toEqual(progressOf(points, a, s));
        expect(progressOf(points, [...a, ...a], [...s, ...s])).toEqual(progressOf(points, a, s));
      }),
    );
  });

  it('is complete exactly when every required item has an answer, by then and by whom it was', () => {
    fc.assert(
      fc.property(answers, (a) => {
        const { completed, answered, required } = progressOf(points, a, []);
        const has = (key: string) => a.filter((one) => `${one.checkPointId}/${one.itemKey}` === key);
        expect(completed !== null).toBe(needed.every((key) => has(key).length > 0));
        expect([answered, required]).toEqual([needed.filter((key) => has(key).length > 0).length, 3]);
        if (completed)
          expect(+completed.at).toBe(Math.max(...needed.map((key) => Math.min(...has(key).map(({ at }) => +at)))));
      }),
    );
  });

  it('never goes back: more answers never make it less complete, and a failed item stays failed', () => {
    fc.assert(
      fc.property(answers, answer, (a, more) => {
        const [before, after] = [progressOf(points, a, []), progressOf(points, [...a, more], [])];
        expect(after.answered).toBeGreaterThanOrEqual(before.answered);
        expect(after.failed).toBeGreaterThanOrEqual(before.failed);
        if (before.completed) expect(after.completed && +after.completed.at <= +before.completed.at).toBe(true);
      }),
    );
  });

  it('takes a scan as proof only for that place, that person, that time', () => {
    const given: GivenAnswer = {
      id: '1',
      checkPointId: 'p1',
      itemKey: 'a',
      skipped: null,
      failed: false,
      at: minute(60),
      personId: 'x',
    };
    const scan: GivenScan = { checkPointId: 'p1', at: minute(30), personId: 'x' };
    expect(isScanned(given, [scan])).toBe(true);
    expect(isScanned(given, [{ ...scan, at: minute(29) }])).toBe(false);
    expect(isScanned(given, [{ ...scan, at: minute(91) }])).toBe(false);
    expect(isScanned(given, [{ ...scan, personId: 'y' }])).toBe(false);
    expect(isScanned(given, [{ ...scan, checkPointId: 'p2' }])).toBe(false);
    expect(progressOf(points, [given], []).withoutScan).toBe(1);
    expect(progressOf(points, [given], [scan]).withoutScan).toBe(0);
  });

  it('shows the answer given last, by the time of whoever gave it', () => {
    const given = (id: string, at: number, failed: boolean): GivenAnswer => ({
      id,
      checkPointId: 'p1',
      itemKey: 'a',
      skipped: null,
      failed,
      at: minute(at),
      personId: 'x',
    });
    expect(latestAnswers([given('2', 20, false), given('1', 10, true)]).get('p1/a')?.id).toBe('2');
  });
});

describe('what an answer comes to', () => {
  const number: ChecklistItem = { key: 'bar', kind: 'number', title, required: true, unit: 'bar', min: 4, max: 6 };
  const text: ChecklistItem = { key: 'note', kind: 'text', title, required: false };

  it.each([
    [item('a'), true, { failed: false }],
    [item('a'), false, { failed: true }],
    [item('a'), 1, undefined],
    [number, 4, { failed: false }],
    [number, 6, { failed: false }],
    [number, 3.99, { failed: true }],
    [number, 6.01, { failed: true }],
    [number, '5', undefined],
    [number, true, undefined],
    [text, 'broken', { failed: false }],
    [text, false, undefined],
  ])('%#', (one, value, verdict) => {
    expect(verdictOf(one, { itemKey: one.key, value })).toEqual(verdict);
  });

  it('fails what somebody calls wrong; a measurement out of range nobody can call right', () => {
    expect(verdictOf(text, { itemKey: 'note', value: 'broken', failed: true })).toEqual({ failed: true });
    expect(verdictOf(number, { itemKey: 'bar', value: 9, failed: false })).toEqual({ failed: true });
    expect(verdictOf(number, { itemKey: 'bar', skipped: 'no gauge' })).toEqual({ failed: false });
  });
});
