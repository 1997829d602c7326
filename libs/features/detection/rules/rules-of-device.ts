import type { Rule } from '@sc/contracts';
import { judgedOf } from '../groups/member-rules.js';
import { appliesTo, type DevicePlace } from '../groups/place.js';

/**
 * The rules that are judged on a device when they are on: its own, and groups of which a member is judged on it. By what the detector
 * itself chooses by (rules-of-device.spec.ts holds the two together); those switched off are among them.
 */
export const rulesOfDevice = <R extends Rule>(
  rules: readonly R[],
  { id, domain }: { id: string; domain: string },
  place: DevicePlace | undefined,
): R[] => rules.filter((one) => judgedOf(one).some(({ rule }) => rule.domain === domain && appliesTo(rule, id, place)));
