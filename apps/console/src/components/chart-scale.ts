import type { Metric, Rule } from '@sc/contracts';

export interface Scale {
  min: number;
  max: number;
  interval: number;
}

/** Steps a person counts in: 1, 2 or 5 of a power of ten; about five of them fill `span`. */
function niceStep(span: number): number {
  const raw = span / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

const tidy = (value: number): number => Number(value.toPrecision(12));

/**
 * The value axis: everything in `values` (readings and levels) between two round numbers, never beyond what the metric
 * can be. Undefined when there is nothing to show.
 */
export function scaleOf(
  values: readonly number[],
  { min: least, max: most }: Pick<Metric, 'min' | 'max'> = {},
): Scale | undefined {
  if (values.length === 0) return undefined;
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const span = Math.max(high - low, Math.abs(high) * 0.02, 1e-3);
  const step = niceStep(span);
  // A little air, so that no line lies on the frame.
  const air = span * 0.05;
  const bottom = Math.floor((low - air) / step) * step;
  const top = Math.ceil((high + air) / step) * step;
  return {
    min: tidy(least === undefined || low < least ? bottom : Math.max(bottom, least)),
    max: tidy(most === undefined || high > most ? top : Math.min(top, most)),
    interval: tidy(step),
  };
}

export interface Level {
  at: number;
  rule: Rule;
  /** Where the alarm begins; the other level is where it ends. */
  raises: boolean;
  /** Text of the raising level: it names both, so that two labels never cover each other. */
  clearAt?: number;
}

/** The levels of the rules of one metric; of equal raise and clear levels only the first. A share of another metric is no level. */
export const levelsOf = (rules: readonly Rule[], metric: string): Level[] =>
  rules.flatMap((rule): Level[] => {
    const { condition } = rule;
    if (condition.kind !== 'threshold' || condition.metric !== metric || condition.of !== undefined) return [];
    const { raiseAt, clearAt } = condition;
    if (clearAt === raiseAt) return [{ at: raiseAt, rule, raises: true }];
    return [
      { at: raiseAt, rule, raises: true, clearAt },
      { at: clearAt, rule, raises: false },
    ];
  });
