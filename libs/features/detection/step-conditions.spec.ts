import type { Condition, Rule } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import type { RuleState } from './state.js';
import { step } from './step.js';
import { levels } from './told.spec-support.js';
import type { AlarmTransition, DetectionInput, Tick } from './types.js';

const [like] = domainByName('fire')?.rules ?? [];
const aRule = (condition: Condition, more: Partial<Rule> = {}): Rule => ({
  ...(like as Rule),
  id: 'r',
  condition,
  ...more,
});
const common = (ts: number, receivedAt = ts) => ({ deviceId: 'c/d', domain: 'fire', ts, receivedAt });
const reading = (ts: number, value: number | boolean, metric = 'm'): DetectionInput => ({
  kind: 'reading',
  metric,
  value,
  ...common(ts),
});
const event = (ts: number, type: string, data: Record<string, unknown> = {}, receivedAt = ts): DetectionInput => ({
  kind: 'event',
  type,
  eventKey: `${type}${ts}`,
  data,
  ...common(ts, receivedAt),
});
const tick = (now: number): Tick => ({ kind: 'tick', deviceId: 'c/d', now });

function tell(rule: Rule, inputs: (DetectionInput | Tick)[], listeningSince = 0): AlarmTransition[] {
  let state: RuleState | undefined;
  return inputs.flatMap((input) => {
    const before = structuredClone(state);
    const result = step(rule, state, input, listeningSince);
    expect(state).toEqual(before);
    expect(JSON.parse(JSON.stringify(result.state))).toEqual(result.state);
    state = result.state;
    return result.transitions;
  });
}
const signs = { raise: '+', escalate: '^', clear: '-' };
/** `+a100` subject a raised at 100, `^` risen, `-` cleared. */
const run = (...args: Parameters<typeof tell>): string =>
  tell(...args)
    .map(({ kind, subject, at }) => `${signs[kind]}${subject}${at}`)
    .join(' ');

describe('quiet', () => {
  const rule = aRule({ kind: 'event', raiseOn: ['on'], clearOn: ['off'], quietMs: 1000 });

  it('ends a condition when nothing more begins it, by our clock or by what comes later', () => {
    expect(run(rule, [event(100, 'on'), tick(1100), tick(1101)])).toBe('+100 -1100');
    expect(run(rule, [event(100, 'on'), reading(1100, 1), reading(1101, 1)])).toBe('+100 -1100');
    expect(run(rule, [event(100, 'on'), event(1000, 'on'), tick(1500), event(2001, 'on')])).toBe('+100 -2000 +2001');
  });

  it('still ends at once by its end, and only once', () => {
    expect(run(rule, [event(100, 'on'), event(200, 'off'), tick(5000)])).toBe('+100 -200');
  });

  it('tells a replay of old events as they happened', () => {
    const old = (ts: number) => event(ts, 'on', {}, 1_000_000 + ts / 1000);
    expect(run(rule, [old(100), old(5000), tick(1_000_500), tick(1_001_006)])).toBe('+100 -1100 +5000 -6000');
  });

  it('does not count a time in which we did not listen', () => {
    expect(run(rule, [event(100, 'on'), tick(50_999)], 50_000)).toBe('+100');
    expect(run(rule, [event(100, 'on'), reading(50_999, 1)], 50_000)).toBe('+100');
    expect(run(rule, [event(100, 'on'), tick(51_001)], 50_000)).toBe('+100 -1100');
    expect(run(rule, [event(100, 'on'), reading(51_001, 1)], 50_000)).toBe('+100 -1100');
  });

  it('is over at once for what comes too late to hold', () => {
    expect(run(rule, [reading(9000, 1), event(100, 'on')])).toBe('+100 -1100');
  });
});

describe('what an event says', () => {
  it('raises only when all of it matches, a list by any member', () => {
    const rule = aRule({
      kind: 'event',
      raiseOn: ['on'],
      clearOn: [],
      match: [
        { field: 'labels', anyOf: ['person'] },
        { field: 'zone', anyOf: ['gate', 7] },
      ],
    });
    const labels = ['dog', 'person'];
    expect(
      run(rule, [
        event(1, 'on', { labels, zone: 'gate' }),
        event(2, 'on', { labels: 'person', zone: 7 }),
        event(3, 'on', { labels: ['dog'], zone: 'gate' }),
        event(4, 'on', { labels, zone: '7' }),
        event(5, 'on', { zone: 'gate' }),
        event(6, 'on', JSON.parse('{"__proto__": {"labels": "person", "zone": "gate"}}') as Record<string, unknown>),
      ]),
    ).toBe('+1 +2');
  });

  const graded = aRule({ kind: 'event', raiseOn: ['on'], clearOn: ['off'], levels });
  const at = (ts: number, level: unknown) => event(ts, 'on', { level });

  it('says how grave it is; that rises and never falls, also when the graver comes late', () => {
    expect(run(graded, [at(1, 'low'), at(2, 'high'), at(3, 'low'), at(4, 'high')])).toBe('+1 ^2');
    expect(run(graded, [at(5, 'low'), at(3, 'high')])).toBe('+5 ^6');
    expect(run(graded, [event(4, 'off'), at(5, 'low'), at(3, 'high')])).toBe('+5');
    expect(
      tell(graded, [at(1, 'low'), at(2, 'high'), event(3, 'off'), at(4, 'low')]).map(({ level }) => level?.severity),
    ).toEqual(['minor', 'severe', undefined, 'minor']);
  });

  it('does not raise with a level that is not listed', () => {
    expect(run(graded, [at(1, 'other'), at(2, undefined), at(3, 'constructor'), event(4, 'on')])).toBe('');
  });

  it('tells conditions of one device apart', () => {
    const rule = aRule({ kind: 'event', raiseOn: ['on'], clearOn: ['off'], subject: 'id' });
    const of = (ts: number, type: string, id: unknown) => event(ts, type, { id });
    expect(
      run(rule, [
        of(1, 'on', 'a'),
        of(2, 'on', 'b'),
        of(3, 'off', 'a'),
        of(4, 'on', 7),
        of(5, 'on', 'a'),
        event(6, 'on'),
      ]),
    ).toBe('+a1 +b2 -a3 +74 +a5 +6');
  });

  it('forgets ended subjects first, then ends the oldest with a cause', () => {
    const rule = aRule({ kind: 'event', raiseOn: ['on'], clearOn: ['off'], subject: 'id' });
    const many = Array.from({ length: 33 }, (_, n) => event(n + 1, 'on', { id: `s${n}` }));
    const told = tell(rule, [
      ...many.slice(0, 32),
      event(40, 'off', { id: 's5' }),
      event(41, 'on', { id: 'x' }),
      event(42, 'on', { id: 'y' }),
    ]);
    expect(told.slice(32).map(({ kind, subject, cause }) => [kind, subject, cause['kind']])).toEqual([
      ['clear', 's5', 'event'],
      ['raise', 'x', 'event'],
      ['clear', 's0', 'overflow'],
      ['raise', 'y', 'event'],
    ]);
  });

  it('keeps of its data only what the rule looked at', () => {
    const [told] = tell(graded, [event(1, 'on', { level: 'low', name: 'somebody' })]);
    expect(told?.cause).toEqual({ kind: 'event', type: 'on', eventKey: 'on1', data: { level: 'low' } });
  });
});

describe('a state that is held', () => {
  const rule = aRule({
    kind: 'held',
    metric: 'open',
    value: true,
    beginOn: ['opened'],
    endOn: ['closed'],
    forMs: 1000,
  });
  const open = (ts: number, value: boolean) => reading(ts, value, 'open');

  it('is told when it lasted, by our clock or by whatever comes later, with its own time', () => {
    expect(run(rule, [open(100, true), tick(1099), tick(1100)])).toBe('+1100');
    expect(run(rule, [open(100, true), reading(1099, 1), reading(5000, 1)])).toBe('+1100');
    expect(run(rule, [event(100, 'opened'), open(600, true), tick(1100), event(1500, 'closed')])).toBe('+1100 -1500');
  });

  it('is not told when it ended before, and told with its end when nobody looked', () => {
    expect(run(rule, [open(100, true), open(1099, false), tick(9000)])).toBe('');
    expect(run(rule, [open(100, true), open(1500, false)])).toBe('+1100 -1500');
  });

  it('is not misled by disorder and repetition', () => {
    expect(run(rule, [event(500, 'closed'), event(100, 'opened'), tick(9000)])).toBe('');
    expect(run(rule, [event(900, 'opened'), event(500, 'closed'), event(100, 'opened'), tick(1899)])).toBe('');
    expect(run(rule, [event(100, 'opened'), event(900, 'opened'), event(500, 'closed'), tick(1899), tick(2000)])).toBe(
      '+1900',
    );
  });

  it('counts from when we listen, as far as only our clock can tell', () => {
    expect(run(rule, [open(100, true), tick(50_999)], 50_000)).toBe('');
    expect(run(rule, [open(100, true), tick(51_000)], 50_000)).toBe('+1100');
  });
});

describe('a share of another metric', () => {
  const rule = aRule({
    kind: 'threshold',
    metric: 'used',
    of: 'capacity',
    direction: 'above',
    raiseAt: 0.9,
    clearAt: 0.8,
    onDelayMs: 0,
    offDelayMs: 0,
    maxGapMs: 1000,
  });
  const used = (ts: number, value: number) => reading(ts, value, 'used');
  const capacity = (ts: number, value: number) => reading(ts, value, 'capacity');

  it('is judged by the newest of the same moment or before, in whatever order they come in a message', () => {
    expect(run(rule, [capacity(1, 100), used(2, 89), used(3, 90), used(4, 80), used(5, 79)])).toBe('+3 -5');
    expect(run(rule, [used(3, 90), capacity(3, 100)])).toBe('+3');
    expect(run(rule, [capacity(1, 100), capacity(9, 1000), used(5, 95)])).toBe('+5');
  });

  it('is nothing without the other, with 0, or by a later one alone', () => {
    expect(run(rule, [used(1, 99), capacity(2, 100), capacity(3, 0), used(4, 99)])).toBe('');
    const [told] = tell(rule, [capacity(1, 100), used(2, 95)]);
    expect(told?.cause).toEqual({ kind: 'ratio', metric: 'used', value: 95, of: 'capacity', ofValue: 100, level: 0.9 });
  });
});

describe('hours', () => {
  const minute = 60_000;
  const rule = (condition: Condition) => aRule(condition, { activeHours: { from: '00:10', to: '00:20' } });
  const on = rule({ kind: 'event', raiseOn: ['on'], clearOn: ['off'] });
  const of = (minutes: number, type: string) => event(minutes * minute, type);
  const told = (...inputs: (DetectionInput | Tick)[]) =>
    tell(on, inputs)
      .map(({ kind, at }) => `${signs[kind]}${at / minute}`)
      .join(' ');

  it('let begin only within them, and hold beyond', () => {
    expect(told(of(12, 'on'), of(30, 'off'), of(40, 'on'), of(50, 'off'))).toBe('+12 -30');
  });

  it('raise what holds when they begin, by our clock or the next input, as of that moment', () => {
    expect(told(of(5, 'on'), tick(9 * minute), tick(10 * minute))).toBe('+10');
    expect(told(of(5, 'on'), reading(14 * minute, 1))).toBe('+10');
    expect(told(of(5, 'on'), of(30, 'off'))).toBe('+10 -30');
    expect(told(of(5, 'on'), of(9, 'off'), tick(12 * minute))).toBe('');
  });

  it('tell an alarm as of when they began, and what was read before does not end it', () => {
    const slow = rule({
      ...{ kind: 'threshold', metric: 'm', direction: 'above', raiseAt: 9, clearAt: 5 },
      ...{ onDelayMs: 0, offDelayMs: 3 * minute, maxGapMs: 60 * minute },
    });
    const low = [9, 10, 11, 12, 13].map((at) => reading(at * minute, 0));
    const inTime = run(slow, [reading(5 * minute, 9), ...low]);
    expect(inTime).toBe(`+${10 * minute} -${13 * minute}`);
    // Whether the clock or a reading tells that they began.
    expect(run(slow, [reading(5 * minute, 9), low[0]!, tick(10 * minute), ...low.slice(1)])).toBe(inTime);
  });

  it('keep back begins, not that what stands becomes graver; what they kept back is as grave as its gravest', () => {
    const day = 24 * 60 * minute;
    const emergency = rule({ kind: 'event', raiseOn: ['on'], clearOn: [], levels });
    const at = (minutes: number, level: string) => event(minutes * minute, 'on', { level });
    const severities = (...inputs: (DetectionInput | Tick)[]) =>
      tell(emergency, inputs).map(({ kind, at, level }) => [signs[kind], at / minute, level?.severity]);
    expect(severities(at(5, 'high'), at(6, 'low'), tick(10 * minute))).toEqual([['+', 10, 'severe']]);
    expect(severities(at(5, 'low'), at(6, 'high'), tick(10 * minute))).toEqual([['+', 10, 'severe']]);
    // A person may have ended it, so it is told anew when they begin.
    expect(severities(at(12, 'low'), at(30, 'high'), at(31, 'low'), tick(day + 10 * minute))).toEqual([
      ['+', 12, 'minor'],
      ['^', 30, 'severe'],
      ['+', 1450, 'severe'],
    ]);
  });

  it('are those of the device while it replays old events', () => {
    const late = event(5 * minute, 'on', {}, 100 * minute);
    expect(told(late, tick(104 * minute), tick(105 * minute))).toBe('+10');
  });
});

describe('our clock is set back by an hour after something was heard', () => {
  const hour = 3_600_000;
  const now = 10 * hour;
  const heard = { receivedAt: now + hour };

  it.each<[Condition['kind'], Condition, DetectionInput, string]>([
    [
      'held',
      { kind: 'held', metric: 'm', value: true, beginOn: [], endOn: [], forMs: 1000 },
      { ...reading(100, true), ...heard },
      '+1100',
    ],
    ['silence', { kind: 'silence', afterMs: 1000 }, { ...reading(100, 1), ...heard }, '+1100'],
    [
      'event',
      { kind: 'event', raiseOn: ['on'], clearOn: [], quietMs: 1000 },
      { ...event(100, 'on'), ...heard },
      '-1100',
    ],
  ])('%s counts from when the clock was set, not from the time that comes again', (_, condition, input, expected) => {
    const ticks = [tick(now + 900), tick(now + 1001)];
    const before = condition.kind === 'event' ? '+100 ' : '';
    expect(run(aRule(condition), [input, ...ticks], now)).toBe(`${before}${expected}`);
    expect(run(aRule(condition), [input, ticks[0]!], now)).toBe(before.trim());
  });
});
