import type { ConditionKind } from '@sc/contracts';
import type rules from '../../locales/en/rules.js';

export type FieldName = keyof typeof rules.field;

/** How a field of a condition is written and read. */
export interface ConditionField {
  name: FieldName;
  /** `level`: in the unit of the metric; `pace`: that a minute. */
  as: 'metric' | 'state-metric' | 'level' | 'pace' | 'count' | 'duration' | 'events' | 'yes-no' | 'direction';
  choices?: readonly ('above' | 'below' | 'rising' | 'falling' | 'both')[];
  optional?: true;
}

const field = (name: FieldName, as: ConditionField['as'], more: Partial<ConditionField> = {}): ConditionField => ({
  name,
  as,
  ...more,
});
const sides = { choices: ['above', 'below'] } as const;
const courses = { choices: ['rising', 'falling'] } as const;
const delays = [field('onDelayMs', 'duration'), field('offDelayMs', 'duration'), field('maxGapMs', 'duration')];

/** Fields of each kind; one that is not here has lists within lists and is written as JSON. */
export const conditionFields: Partial<Record<ConditionKind, readonly ConditionField[]>> = {
  threshold: [
    field('metric', 'metric'),
    field('of', 'metric', { optional: true }),
    field('direction', 'direction', sides),
    field('raiseAt', 'level'),
    field('clearAt', 'level'),
    ...delays,
    field('repeatCount', 'count', { optional: true }),
  ],
  silence: [field('afterMs', 'duration')],
  held: [
    field('metric', 'state-metric'),
    field('value', 'yes-no'),
    field('forMs', 'duration'),
    field('beginOn', 'events'),
    field('endOn', 'events'),
  ],
  rate: [
    field('metric', 'metric'),
    field('direction', 'direction', courses),
    field('raiseAt', 'pace'),
    field('clearAt', 'pace'),
    field('windowMs', 'duration'),
    ...delays,
  ],
  stuck: [
    field('metric', 'metric'),
    field('tolerance', 'level'),
    field('forMs', 'duration'),
    field('maxGapMs', 'duration'),
  ],
  baseline: [
    field('metric', 'metric'),
    field('direction', 'direction', { choices: ['both', 'above', 'below'] }),
    field('raiseAt', 'count'),
    field('clearAt', 'count'),
    ...delays,
    field('learnMs', 'duration'),
  ],
  forecast: [
    field('metric', 'metric'),
    field('of', 'metric', { optional: true }),
    field('direction', 'direction', courses),
    field('level', 'level'),
    field('horizonMs', 'duration'),
    field('clearBeyondMs', 'duration'),
    field('windowMs', 'duration'),
    field('minSpanMs', 'duration'),
    field('minReadings', 'count'),
    field('resetBy', 'level'),
    field('maxGapMs', 'duration'),
  ],
};

const minute = 60_000;
const hour = 60 * minute;

/** Where a new condition of a kind begins: plausible, but the person has to look at it. */
export const newCondition: Partial<Record<ConditionKind, Record<string, unknown>>> = {
  threshold: { direction: 'above', onDelayMs: 0, offDelayMs: minute, maxGapMs: hour },
  silence: { afterMs: hour },
  event: { raiseOn: [], clearOn: [] },
  held: { value: true, beginOn: [], endOn: [], forMs: 5 * minute },
  rate: { direction: 'rising', windowMs: 5 * minute, onDelayMs: 0, offDelayMs: minute, maxGapMs: hour },
  stuck: { tolerance: 0, forMs: 24 * hour, maxGapMs: 6 * hour },
  sequence: { on: [], expect: [], order: 'before', withinMs: 10_000 },
  forecast: {
    direction: 'rising',
    horizonMs: 4 * hour,
    clearBeyondMs: 6 * hour,
    windowMs: 24 * hour,
    minSpanMs: 4 * hour,
    minReadings: 5,
    maxGapMs: 12 * hour,
  },
  baseline: {
    direction: 'both',
    raiseAt: 0.5,
    clearAt: 0.3,
    onDelayMs: 0,
    offDelayMs: 10 * minute,
    maxGapMs: 2 * hour,
    learnMs: 14 * 24 * hour,
  },
  group: { members: [], atLeast: 2, counting: 'device', within: 'building', windowMs: 5 * minute },
};
