import { type Alarm, compareSeverity, isLifeSafety, severities, type Severity } from '@sc/contracts';

export interface WallAlarms {
  /** Danger to life: every one is on the board, always. */
  danger: Alarm[];
  /** The others: what nobody has seen first, then the gravest, then the newest. */
  others: Alarm[];
  counts: Record<Severity, number>;
}

/** The open alarms in the order in which people should look at them. */
export function arrange(alarms: readonly Alarm[]): WallAlarms {
  const counts = Object.fromEntries(severities.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { severity } of alarms) counts[severity] += 1;
  const sorted = alarms.toSorted(
    (a, b) =>
      compareSeverity(a.severity, b.severity) ||
      Number(isSeen(a)) - Number(isSeen(b)) ||
      (a.raisedAt < b.raisedAt ? 1 : a.raisedAt > b.raisedAt ? -1 : 0),
  );
  return {
    danger: sorted.filter(({ severity }) => isLifeSafety(severity)),
    others: sorted.filter(({ severity }) => !isLifeSafety(severity)),
    counts,
  };
}

export const isSeen = ({ state }: Pick<Alarm, 'state'>): boolean => state === 'acknowledged';

/** Of what does not fit: how many of each severity. */
export function countsOf(alarms: readonly Alarm[]): [Severity, number][] {
  return severities.flatMap((severity): [Severity, number][] => {
    const count = alarms.filter((one) => one.severity === severity).length;
    return count ? [[severity, count]] : [];
  });
}

export interface DangerTile {
  first: Alarm;
  count: number;
  seen: boolean;
}
/** Beyond this no wall is large enough for a tile each: then the same alarm in the same building is one tile with its number. */
const mostTiles = 48;

export function dangerTiles(danger: readonly Alarm[]): DangerTile[] {
  if (danger.length <= mostTiles) return danger.map((first) => ({ first, count: 1, seen: isSeen(first) }));
  // "Building 1 · Kitchen": its building says where to go.
  const building = ({ areaName }: Alarm) => areaName.en.split(' · ')[0];
  const groups = Map.groupBy(danger, (one) => `${building(one)} ${one.ruleId}`);
  return [...groups.values()].map((group) => ({
    first: group[0]!,
    count: group.length,
    seen: group.every(isSeen),
  }));
}
