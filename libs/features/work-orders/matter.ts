import type { ProbableCause } from '@sc/contracts';

/** What an open incident is about; of those that gather alarms by themselves there is one for each. */
export interface Matter {
  /** The building; outdoors the duty grid. */
  areaId: string;
  domain: string;
  /** Kind of work. */
  category: string;
}

/** None of the three may hold a space. */
export const matterKey = ({ areaId, domain, category }: Matter): string => `${areaId} ${domain} ${category}`;

/** A device that is not heard. */
export interface Silent {
  deviceId: string;
  domain: string;
  lastHeardAt: number;
  bridgeId: string | null;
}

/** What of an alarm decides where it belongs. */
export interface Placing {
  /** Place and kind of work by its rule: of a rule about several devices that of the rule, so that a confirmed fire is part of the fire. */
  own: Matter;
  /** Set when its condition is that the device is not heard. */
  silent: Silent | undefined;
  /** The open incident it is part of. */
  current: Matter | undefined;
}

/** Its devices are of several domains: it has a name of its own. */
export const sharedCause = { domain: 'infrastructure', category: 'power-or-network' } as const;

/** A power cut takes all devices within a moment; so long two may be apart that report every few minutes. */
export const sameMomentMs = 15 * 60_000;
/** Two flat batteries are chance. */
const fewestDevices = 3;

/**
 * Where an alarm belongs, by place, kind of work and cause: one building, one domain, one kind of work are one matter.
 * Devices of several domains that fell silent in one building at one moment share one cause, and that is one matter too;
 * an alarm that is part of it stays, though others were heard again meanwhile.
 * @param silentThere devices that are not heard in its building now, with or without its own
 */
export function matterOf({ own, silent, current }: Placing, silentThere: readonly Silent[]): Matter {
  if (!silent) return own;
  const shared = { areaId: own.areaId, ...sharedCause };
  if (current && matterKey(current) === matterKey(shared)) return shared;
  const together = togetherWith(silent, silentThere);
  const domains = new Set(together.map(({ domain }) => domain));
  return together.length >= fewestDevices && domains.size > 1 ? shared : own;
}

/** The probable cause of silences: named when enough devices fell silent at one moment. */
export function probableCauseOf(silent: readonly Silent[]): ProbableCause | null {
  for (const one of silent) {
    const together = togetherWith(one, silent);
    if (together.length < fewestDevices) continue;
    const bridges = new Set(together.map(({ bridgeId }) => bridgeId));
    return bridges.size === 1 && !bridges.has(null) ? 'bridge-lost' : 'power-or-network';
  }
  return null;
}

/** One for each device, its own among them. */
function togetherWith(silent: Silent, others: readonly Silent[]): Silent[] {
  const near = others.filter(({ lastHeardAt }) => Math.abs(lastHeardAt - silent.lastHeardAt) <= sameMomentMs);
  return [...new Map([silent, ...near].map((one) => [one.deviceId, one])).values()];
}
