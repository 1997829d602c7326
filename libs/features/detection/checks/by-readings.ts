import type { BaselineCondition, ForecastCondition, RateCondition, StuckCondition } from '@sc/contracts';
import { type Look, rangeOf, shareRange } from './look.js';

const minuteMs = 60_000;

export function checkRate(condition: RateCondition, look: Look): void {
  const { windowMs, raiseAt, onDelayMs, offDelayMs, maxGapMs } = condition;
  const metric = look.metric('condition.metric', condition.metric, 'number');
  // A pace needs two readings, so the gap counts without any delay.
  look.gap('condition.maxGapMs', maxGapMs, metric, Math.max(windowMs, onDelayMs, offDelayMs));
  if (!metric) return;
  const [low, high] = rangeOf(metric);
  // Faster than from one end of what it can be to the other within the window it cannot change.
  const fastest = ((high - low) * minuteMs) / windowMs;
  if (raiseAt > fastest) look.level('condition.raiseAt', raiseAt, [0, fastest]);
}

export function checkStuck({ metric: name, tolerance, maxGapMs, forMs }: StuckCondition, look: Look): void {
  const metric = look.metric('condition.metric', name, 'number');
  look.gap('condition.maxGapMs', maxGapMs, metric, forMs);
  if (!metric) return;
  const [low, high] = rangeOf(metric);
  if (tolerance >= high - low) look.add('condition.tolerance', 'always-raised');
}

export function checkBaseline({ metric: name, onDelayMs, offDelayMs, maxGapMs }: BaselineCondition, look: Look): void {
  const metric = look.metric('condition.metric', name, 'number');
  look.gap('condition.maxGapMs', maxGapMs, metric, Math.max(onDelayMs, offDelayMs));
}

export function checkForecast(condition: ForecastCondition, look: Look): void {
  const { of, direction, level, windowMs, maxGapMs, minReadings, minSpanMs } = condition;
  const metric = look.metric('condition.metric', condition.metric, 'number');
  look.gap('condition.maxGapMs', maxGapMs, metric, windowMs);
  const usualMs = metric?.usualGapMs;
  // So few come that what must be known never is.
  if (usualMs !== undefined && Math.max(minSpanMs, (minReadings - 1) * usualMs) > windowMs)
    look.add('condition.windowMs', 'window-too-short', { windowMs, readings: minReadings, usualMs });
  if (!metric) return;
  const range = of === undefined ? rangeOf(metric) : shareRange(condition.metric, of, look);
  if (!range) return;
  look.level('condition.level', level, range);
  const [low, high] = range;
  if (direction === 'rising' ? level <= low : level >= high) look.add('condition.level', 'always-raised');
}
