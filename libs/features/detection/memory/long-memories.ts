import type { Detector } from '../detector.js';
import type { Slot } from '../device-memory.js';
import { kindOf } from '../kinds/index.js';
import type { KeptMemory } from '../kinds/kind.js';

/** A long memory of one rule of one device, as it is kept. */
export interface Kept extends KeptMemory {
  deviceId: string;
  ruleId: string;
  about: string;
}

const longMemoryOf = ({ rule }: Slot) => kindOf(rule.condition).longMemory;

/** Copies of all long memories that took a reading after `since` knew (newest `ts` by device and rule). One at a time, as they are asked for. */
export function* longMemories(detector: Detector, since: ReadonlyMap<string, number>): Generator<Kept> {
  for (const { deviceId, slots } of detector.memories())
    for (const [ruleId, slot] of slots) {
      const long = longMemoryOf(slot);
      if (!long) continue;
      const kept = long.write(slot.state as never);
      if (kept && kept.newestTs !== since.get(keyOf({ deviceId, ruleId })))
        yield { deviceId, ruleId, about: long.about(slot.rule.condition as never), ...kept };
    }
}

export interface TakenUp {
  slot: Slot;
  domain: string;
  kept: Kept;
}

/** Takes up what was kept. @returns what is in force again */
export function takeUpMemories(
  detector: Detector,
  domainOf: ReadonlyMap<string, string>,
  list: readonly Kept[],
): TakenUp[] {
  return list.flatMap((kept) => {
    const domain = domainOf.get(kept.deviceId);
    const slot = domain === undefined ? undefined : detector.slot(kept.deviceId, domain, kept.ruleId);
    const long = slot && longMemoryOf(slot);
    if (!slot || !long || long.about(slot.rule.condition as never) !== kept.about) return [];
    const state = long.read(kept);
    if (!state) return [];
    slot.state = state;
    return [{ slot, domain: domain ?? '', kept }];
  });
}

export const keyOf = ({ deviceId, ruleId }: { deviceId: string; ruleId: string }): string => `${deviceId} ${ruleId}`;
