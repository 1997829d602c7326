import type { HeldCondition, SilenceCondition } from '@sc/contracts';
import type { Look } from './look.js';

export function checkHeld({ metric, beginOn, endOn }: HeldCondition, look: Look): void {
  look.metric('condition.metric', metric, 'boolean');
  look.events('condition.beginOn', beginOn);
  look.events('condition.endOn', endOn);
  look.apart('condition.endOn', beginOn, endOn);
  // A state that events begin and none ends could not be left by a device that sends events alone.
  if (beginOn.length > 0 && endOn.length === 0) look.add('condition.endOn', 'needs-both-ends');
  if (endOn.length > 0 && beginOn.length === 0) look.add('condition.beginOn', 'needs-both-ends');
}

/** A device may be heard as seldom as its most frequent metric is reported. */
export function checkSilence({ afterMs }: SilenceCondition, look: Look): void {
  const usual = Object.values(look.domain.metrics).flatMap(({ usualGapMs }) => usualGapMs ?? []);
  if (usual.length === 0) return;
  const usualMs = Math.min(...usual);
  if (afterMs < usualMs) look.add('condition.afterMs', 'silence-shorter-than-usual', { afterMs, usualMs });
}
