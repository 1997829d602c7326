import { conditionSchema, type SequenceCondition } from '@sc/contracts';
import { aRule, event, reading, run, tell, tick } from '../told.spec-support.js';

const forced: SequenceCondition = {
  kind: 'sequence',
  on: [{ event: 'opened' }],
  expect: [{ event: 'granted' }],
  order: 'before',
  withinMs: 1000,
  graceMs: 300,
};
const overstay: SequenceCondition = {
  kind: 'sequence',
  on: [{ event: 'in' }],
  expect: [{ event: 'out' }],
  order: 'after',
  withinMs: 1000,
};

describe('something that nothing permitted', () => {
  const rule = aRule(forced);
  const opened = (ts: number) => event(ts, 'opened');
  const granted = (ts: number) => event(ts, 'granted');

  it('is told when the grace is over, by our clock or by whatever comes later', () => {
    expect(run(rule, [opened(5000), tick(5299), tick(5300)])).toBe('+5300');
    expect(run(rule, [opened(5000), reading(5299, 1), reading(9000, 1)])).toBe('+5300');
    expect(run(aRule({ ...forced, graceMs: 0 }), [opened(5000)])).toBe('+5000');
  });

  it('is not told when it was permitted before, or a little after, in whatever order', () => {
    expect(run(rule, [granted(4000), opened(5000), tick(9000)])).toBe('');
    expect(run(rule, [opened(5000), granted(5300), tick(9000)])).toBe('');
    expect(run(rule, [opened(5000), granted(4000), tick(9000)])).toBe('');
    expect(run(rule, [granted(3999), opened(5000), tick(9000)])).toBe('+5300');
    expect(run(rule, [opened(5000), granted(5301), tick(9000)])).toBe('+5300');
  });

  it('is taken back when what permitted it is told late', () => {
    expect(run(rule, [opened(5000), tick(6000), granted(4900)])).toBe('+5300 -5301');
    expect(run(rule, [opened(5000), opened(5100), tick(6000), granted(4050)])).toBe('+5300 +5400');
  });

  it('is told each time anew where only a person ends it, and not when a message is repeated', () => {
    expect(run(rule, [opened(5000), tick(6000), opened(5000), tick(7000), opened(9000), tick(9300)])).toBe(
      '+5300 +9300',
    );
  });

  it('is over by its end or by quiet, where it has them', () => {
    const ended = aRule({ ...forced, clearOn: [{ event: 'closed' }] });
    expect(run(ended, [opened(5000), event(6000, 'closed'), opened(7000), event(7100, 'closed'), tick(9999)])).toBe(
      '+5300 -6000',
    );
    const quiet = aRule({ ...forced, quietMs: 5000 });
    const twice = [opened(5000), opened(7000)];
    expect(run(quiet, [...twice, tick(12_300), tick(12_301)])).toBe('+5300 -12300');
    expect(run(quiet, [...twice, reading(12_300, 1), reading(12_301, 1), opened(7000)])).toBe('+5300 -12300');
  });

  it('counts a metric only when it becomes so, and a first reading as nothing', () => {
    const door = aRule({ ...forced, on: [{ metric: 'open', value: true }] });
    const open = (ts: number, value: boolean) => reading(ts, value, 'open');
    expect(run(door, [open(1000, true), open(2000, true), tick(9000)])).toBe('');
    expect(run(door, [open(1000, false), granted(1500), open(2000, true), open(60_000, true), tick(99_000)])).toBe('');
    expect(run(door, [open(1000, false), open(2000, true), open(1500, true), tick(9000)])).toBe('+2300');
  });

  it('is told apart by what the events say', () => {
    const back = aRule({
      ...forced,
      on: [{ event: 'opened', match: [{ field: 'door', anyOf: ['back'] }] }],
      expect: [{ event: 'granted', match: [{ field: 'door', anyOf: ['back'] }] }],
    });
    const at = (ts: number, type: string, door: string) => event(ts, type, { door, who: 'somebody' });
    const told = tell(back, [
      at(4900, 'granted', 'front'),
      at(5000, 'opened', 'back'),
      at(5001, 'opened', 'front'),
      tick(9000),
    ]);
    expect(told).toMatchObject([{ kind: 'raise', at: 5300 }]);
    expect(told[0]?.cause).toEqual({
      kind: 'sequence',
      type: 'opened',
      eventKey: 'opened5000',
      data: { door: 'back' },
      order: 'before',
      sinceTs: 5000,
      withinMs: 1000,
      missing: back.condition.kind === 'sequence' ? back.condition.expect[0] : undefined,
    });
  });

  it('lives with more openings and grants than it remembers', () => {
    const many = (type: string, from: number) => Array.from({ length: 50 }, (_, i) => event(from + i, type));
    expect(run(rule, [...many('granted', 4000), ...many('opened', 4900), tick(9000)])).toBe('');
    const state = tell.state(rule, [...many('opened', 4000), ...many('granted', 90_000)]);
    expect(JSON.stringify(state).length).toBeLessThan(3000);
    // An old message comes again when what permitted it is long forgotten.
    expect(run(rule, [granted(4000), opened(4001), ...many('granted', 9000), opened(4001), tick(99_000)])).toBe('');
  });
});

describe('something that was not followed', () => {
  const rule = aRule(overstay);
  const enters = (ts: number, plate = 'a') => event(ts, 'in', { plate });
  const leaves = (ts: number, plate = 'a') => event(ts, 'out', { plate });

  it('is told when the time is over, by our clock too, and ends when it follows, however late', () => {
    expect(run(rule, [enters(100), tick(1099), tick(1100), leaves(5000)])).toBe('+1100 -5000');
    expect(run(rule, [enters(100), leaves(5000)])).toBe('+1100 -5000');
    expect(run(rule, [enters(100), leaves(1099), tick(9000)])).toBe('');
    expect(run(rule, [leaves(1099), enters(100), tick(9000)])).toBe('');
  });

  it('counts from the first that is not answered, or from the newest where coming again means gone before', () => {
    expect(run(rule, [enters(100), enters(900), tick(1100)])).toBe('+1100');
    const anew = aRule({ ...overstay, restarts: true });
    expect(run(anew, [enters(100), enters(900), tick(1899), tick(1900)])).toBe('+1900');
    expect(run(anew, [enters(100), enters(2000), tick(2999)])).toBe('+1100 -2000');
  });

  it('does not count a time in which we did not listen, as far as only our clock can tell', () => {
    expect(run(rule, [enters(100), tick(50_999)], 50_000)).toBe('');
    expect(run(rule, [enters(100), tick(51_000)], 50_000)).toBe('+1100');
  });

  it('is counted for each subject', () => {
    const plates = aRule({ ...overstay, subject: 'plate' });
    expect(
      run(plates, [enters(100), enters(200, 'b'), leaves(300), tick(1300), leaves(2000, 'c'), leaves(3000, 'b')]),
    ).toBe('+b1200 -b3000');
  });

  it('forgets first what is over, then what is longest waited for, and ends the oldest alarm with a cause', () => {
    const plates = aRule({ ...overstay, subject: 'plate' });
    const many = Array.from({ length: 256 }, (_, i) => enters(1 + i, `p${i}`));
    const told = tell(plates, [leaves(1, 'gone'), ...many, tick(5000), enters(6000, 'new')]);
    expect(told.filter(({ kind }) => kind === 'raise')).toHaveLength(256);
    expect(told.at(-1)).toMatchObject({ kind: 'clear', subject: 'p0', cause: { kind: 'overflow' } });
    expect(run(plates, [...many, enters(500, 'new'), tick(5000)]).split(' ')).toHaveLength(256);
  });

  it('takes a bay found taken for taken from then on', () => {
    const bay = aRule({ ...overstay, on: [{ metric: 'm', value: true }], expect: [{ metric: 'm', value: false }] });
    expect(run(bay, [reading(100, true), reading(600, true), reading(1100, true), reading(1500, false)])).toBe(
      '+1100 -1500',
    );
  });
});

describe('a sequence that cannot be', () => {
  const paths = (condition: object) =>
    conditionSchema.safeParse(condition).error?.issues.map(({ path }) => path.join('.'));

  it.each([
    ['graceMs', { ...overstay, graceMs: 5 }],
    ['restarts', { ...forced, restarts: true }],
    ['subject', { ...overstay, on: [{ metric: 'm', value: true }], subject: 'plate' }],
    ['on', { ...overstay, expect: [{ event: 'in' }] }],
    ['on.0', { ...overstay, on: [{ event: 'in', value: true }] }],
    ['expect', { ...overstay, expect: [] }],
  ])('is refused at %s', (path, condition) => {
    expect(paths(condition)).toEqual([path]);
  });

  it('is no other', () => {
    expect([paths(forced), paths(overstay)]).toEqual([undefined, undefined]);
  });
});
