import type { Condition, Rule } from '@sc/contracts';
import { step } from './step.js';
import type { RuleState } from './state.js';
import type { AlarmTransition, DetectionInput, ReadingInput, Tick } from './types.js';

const aRule = (condition: Condition): Rule => ({
  id: 'r',
  version: 1,
  domain: 'fire',
  title: { 'zh-CN': '规则', en: 'rule' },
  guidance: { 'zh-CN': '说明', en: 'guidance' },
  condition,
  severity: 'severe',
  urgency: 'immediate',
  certainty: 'likely',
  workOrder: true,
  enabled: true,
  source: { 'zh-CN': '依据', en: 'source' },
});
const above = {
  kind: 'threshold',
  metric: 'm',
  direction: 'above',
  raiseAt: 10,
  clearAt: 5,
  onDelayMs: 0,
  offDelayMs: 0,
  maxGapMs: 1000,
} as const;
const reading = (ts: number, value: ReadingInput['value']): DetectionInput => ({
  kind: 'reading',
  deviceId: 'c/d',
  domain: 'fire',
  metric: 'm',
  ts,
  value,
  receivedAt: ts,
});
const event = (ts: number, type: string): DetectionInput => ({
  kind: 'event',
  deviceId: 'c/d',
  domain: 'fire',
  type,
  ts,
  eventKey: `${type}${ts}`,
  data: {},
  receivedAt: ts,
});
const tick = (now: number): Tick => ({ kind: 'tick', deviceId: 'c/d', now });

/** `+100` raised at 100, `-200` cleared at 200. */
function run(rule: Rule, inputs: (DetectionInput | Tick)[], listeningSince = 0): string {
  let state: RuleState | undefined;
  const all: AlarmTransition[] = [];
  for (const input of inputs) {
    const before = structuredClone(state);
    const result = step(rule, state, input, listeningSince);
    expect(state).toEqual(before);
    expect(JSON.parse(JSON.stringify(result.state))).toEqual(result.state);
    state = result.state;
    all.push(...result.transitions);
  }
  return all.map(({ kind, at }) => `${kind === 'raise' ? '+' : '-'}${at}`).join(' ');
}

describe('threshold', () => {
  it('raises at the level, clears below the clear level, holds in between', () => {
    expect(run(aRule(above), [reading(1, 9.9), reading(2, 10), reading(3, 5), reading(4, 9), reading(5, 4.9)])).toBe(
      '+2 -5',
    );
  });

  it('mirrors for `below`', () => {
    const rule = aRule({ ...above, direction: 'below', raiseAt: 15, clearAt: 25 });
    expect(run(rule, [reading(1, 16), reading(2, 15), reading(3, 25), reading(4, 25.1)])).toBe('+2 -4');
  });

  it('waits for the on-delay, which any reading under the level ends', () => {
    const rule = aRule({ ...above, onDelayMs: 100 });
    expect(run(rule, [reading(1, 11), reading(100, 11), reading(101, 11)])).toBe('+101');
    expect(run(rule, [reading(1, 11), reading(90, 9), reading(150, 11), reading(249, 11)])).toBe('');
  });

  it('waits for the off-delay, which any reading over the clear level ends', () => {
    const rule = aRule({ ...above, offDelayMs: 100 });
    expect(run(rule, [reading(1, 11), reading(50, 1), reading(149, 1), reading(150, 1)])).toBe('+1 -150');
    expect(run(rule, [reading(1, 11), reading(50, 1), reading(100, 6), reading(151, 1), reading(250, 1)])).toBe('+1');
  });

  it('does not let a delay run through a hole in the data', () => {
    const rule = aRule({ ...above, onDelayMs: 500 });
    expect(run(rule, [reading(1, 11), reading(2000, 11), reading(2400, 11)])).toBe('');
    expect(run(rule, [reading(1, 11), reading(1001, 11)])).toBe('+1001');
  });

  it('ignores what is late, repeated, not a number or another metric', () => {
    const other = { ...reading(9, 99), metric: 'other' } as DetectionInput;
    expect(
      run(aRule(above), [
        reading(5, 1),
        reading(4, 99),
        reading(5, 99),
        reading(6, 'hot'),
        reading(7, Number.NaN),
        reading(8, Infinity),
        other,
      ]),
    ).toBe('');
  });

  it('counts true as 1 and false as 0', () => {
    const rule = aRule({ ...above, raiseAt: 1, clearAt: 1 });
    expect(run(rule, [reading(1, false), reading(2, true), reading(3, true), reading(4, false)])).toBe('+2 -4');
  });
});

describe('silence', () => {
  const rule = aRule({ kind: 'silence', afterMs: 1000 });

  it('raises in device time when nothing comes, clears with the next sign of life', () => {
    expect(run(rule, [reading(100, 1), tick(1100), tick(1101), tick(9000), reading(9500, 1)])).toBe('+1100 -9500');
  });

  it('does not take a replay of old readings for silence', () => {
    const replayed = { ...reading(100, 1), receivedAt: 1_000_000 } as DetectionInput;
    expect(run(rule, [replayed, tick(1_000_900)])).toBe('');
    expect(run(rule, [replayed, tick(1_001_001)])).toBe('+1100');
  });

  it('tells a hole in the history that no tick saw, and one that a tick saw only once', () => {
    expect(run(rule, [reading(100, 1), reading(1100, 1), reading(5000, 1)])).toBe('+2100 -5000');
    expect(run(rule, [reading(100, 1), tick(1200), reading(5000, 1)])).toBe('+1100 -5000');
  });

  it('blames nobody for a time in which we did not listen', () => {
    expect(run(rule, [reading(100, 1), reading(50_000, 1)], 40_000)).toBe('');
    expect(run(rule, [reading(100, 1), tick(40_900)], 40_000)).toBe('');
    expect(run(rule, [reading(100, 1), tick(41_001)], 40_000)).toBe('+1100');
  });

  it('ends when a device delivers what it kept, though that is older than the alarm', () => {
    const kept = { ...reading(200, 1), receivedAt: 1250 } as DetectionInput;
    expect(run(rule, [reading(100, 1), tick(1200), kept, tick(1300), tick(9999)])).toBe('+1100 -1101 +1200');
  });

  it('takes events for signs of life, and knows nobody who never spoke', () => {
    expect(run(rule, [reading(100, 1), event(900, 'test'), tick(1800)])).toBe('');
    expect(run(rule, [tick(99_999_999)])).toBe('');
  });
});

describe('event', () => {
  const rule = aRule({ kind: 'event', raiseOn: ['on'], clearOn: ['off'] });

  it('raises and clears', () => {
    expect(run(rule, [event(1, 'on'), event(2, 'other'), event(3, 'on'), event(4, 'off'), event(5, 'on')])).toBe(
      '+1 -4 +5',
    );
  });

  it('is not misled by disorder and repetition', () => {
    expect(run(rule, [event(5, 'off'), event(1, 'on'), event(5, 'off')])).toBe('');
    expect(run(rule, [event(1, 'on'), event(5, 'off'), event(1, 'on'), event(3, 'on'), event(2, 'off')])).toBe('+1 -5');
  });

  it('holds for a begin and an end at the same moment', () => {
    expect(run(rule, [event(1, 'on'), event(1, 'off')])).toBe('+1');
    expect(run(rule, [event(1, 'off'), event(1, 'on')])).toBe('+1');
  });

  it('tells every new begin of what only a person ends', () => {
    const latched = aRule({ kind: 'event', raiseOn: ['on'], clearOn: [] });
    expect(run(latched, [event(1, 'on'), event(1, 'on'), event(7, 'on'), event(6, 'on')])).toBe('+1 +7');
  });
});
