import type { ThresholdCondition } from '@sc/contracts';
import { type Look, rangeOf, shareRange } from './look.js';

export function checkThreshold(condition: ThresholdCondition, look: Look): void {
  const { direction, raiseAt, clearAt, onDelayMs, offDelayMs, maxGapMs } = condition;
  const metric = look.metric('condition.metric', condition.metric, 'number-or-boolean');
  look.gap('condition.maxGapMs', maxGapMs, metric, Math.max(onDelayMs, offDelayMs));
  const range =
    condition.of === undefined ? metric && rangeOf(metric) : shareRange(condition.metric, condition.of, look);
  if (!range) return;
  look.level('condition.raiseAt', raiseAt, range);
  look.level('condition.clearAt', clearAt, range);
  const [low, high] = range;
  if (direction === 'above' ? raiseAt <= low : raiseAt >= high) look.add('condition.raiseAt', 'always-raised');
  if (direction === 'above' ? clearAt <= low : clearAt >= high) look.add('condition.clearAt', 'never-cleared');
}
