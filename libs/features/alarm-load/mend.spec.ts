import { mendCodes, readingRefusedEvent, type Rule } from '@sc/contracts';
import type { Pair } from './load-meter.js';
import { mendOf, mendTexts } from './mend.js';

const pair = (more: Partial<Pair> = {}): Pair => ({
  ruleId: 'r',
  deviceId: 'c/1',
  alarms: 20,
  severe: 0,
  chattered: 0,
  judged: { true: 0, false: 0, test: 0 },
  ...more,
});
const rule = (condition: object, more: Partial<Rule> = {}) => ({ condition, workOrder: true, ...more }) as Rule;
const level = (offDelayMs: number) => rule({ kind: 'threshold', offDelayMs });
const wrong = { true: 1, false: 4, test: 9 };
const nowhere = { judgedTrue: 0, judgedFalse: 0 };

it.each([
  ['a silence', pair({ chattered: 3 }), rule({ kind: 'silence' }), nowhere, 'check-sensor'],
  ['readings that cannot be', pair(), rule({ kind: 'event', raiseOn: [readingRefusedEvent] }), nowhere, 'check-sensor'],
  ['chattering without an off-delay', pair({ chattered: 1 }), level(0), nowhere, 'add-off-delay'],
  ['chattering in spite of one', pair({ chattered: 1 }), level(60_000), nowhere, 'raise-deadband'],
  ['chattering events', pair({ chattered: 1 }), rule({ kind: 'event', raiseOn: ['x'] }), nowhere, 'add-off-delay'],
  [
    'wrong here, right elsewhere',
    pair({ judged: wrong }),
    level(0),
    { judgedTrue: 5, judgedFalse: 1 },
    'check-mounting',
  ],
  ['wrong everywhere', pair({ judged: wrong }), level(0), { judgedTrue: 1, judgedFalse: 5 }, 'raise-level'],
  ['wrong twice: chance', pair({ judged: { true: 0, false: 2, test: 0 } }), level(0), nowhere, 'review-rule'],
  [
    'grave, and nobody is asked',
    pair({ severe: 20 }),
    rule({ kind: 'held' }, { workOrder: false }),
    nowhere,
    'lower-severity',
  ],
  ['a rule that is gone', pair(), undefined, nowhere, 'review-rule'],
] as const)('%s', (_, one, definition, elsewhere, expected) => {
  expect(mendOf(one, definition, elsewhere)).toBe(expected);
});

it('has a sentence in both languages for each', () => {
  for (const code of mendCodes)
    for (const locale of ['zh-CN', 'en'] as const) expect(mendTexts[code][locale]).not.toBe('');
});
