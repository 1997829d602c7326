import type { Detector } from './detector.js';
import type { Slot } from './device-memory.js';
import { clear } from './transition.js';
import type { AlarmTransition, OpenCondition } from './types.js';

/** See DetectionEngine.adopt. `coveredFrom`: readings before it were not looked at. */
export function adopt(
  detector: Detector,
  open: readonly (OpenCondition & { domain: string })[],
  coveredFrom: number,
): AlarmTransition[] {
  const out: AlarmTransition[] = [];
  for (const condition of open) {
    const { deviceId, ruleId, ruleVersion, at } = condition;
    const slot = detector.slot(deviceId, condition.domain, ruleId);
    if (!slot) {
      out.push({ kind: 'clear', deviceId, ruleId, ruleVersion, at: at + 1, cause: { kind: 'rule-off' } });
      continue;
    }
    const { state } = slot;
    if (state.active) continue;
    const overAt = endOf(slot, at, coveredFrom);
    state.at = Math.max(state.at, at);
    if (overAt !== undefined) clear(slot.rule, state, deviceId, overAt, { kind: 'rebuilt' }, out);
    else state.active = true;
  }
  return out;
}

/** When (device time, ms) a condition that began at `at` was over, as far as memory can tell; `undefined`: it cannot. */
function endOf({ rule, state }: Slot, at: number, coveredFrom: number): number | undefined {
  switch (state.kind) {
    case 'threshold':
      return at >= coveredFrom && state.lastTs > at ? state.lastTs : undefined;
    case 'silence': {
      const afterMs = rule.condition.kind === 'silence' ? rule.condition.afterMs : 0;
      return state.lastTs > at - afterMs ? state.lastTs : undefined;
    }
    case 'held':
      return undefined;
    case 'event':
      return state.clearedTs > 0 && state.clearedTs > state.raisedTs ? state.clearedTs : undefined;
  }
}
