import { compareSeverity, isLifeSafety, type FoldKind, severities, type Severity } from '@sc/contracts';

/** What of an open alarm decides where it is shown. */
export interface OpenAlarm {
  id: string;
  severity: Severity;
  raisedAt: number;
  unacknowledged: boolean;
  incidentId: string | null;
  /** Outdoors the duty grid. */
  buildingId: string;
  ruleId: string;
}

export interface Fold {
  key: string;
  count: number;
  unacknowledged: number;
  firstAt: number;
  lastAt: number;
  worst: OpenAlarm;
}

export interface Folded {
  singles: OpenAlarm[];
  groups: Fold[];
}

/** As many as a person reads at a glance; life safety has no bound. */
const mostGraver = 10;

/** Gravest first, then newest. */
const byGravity = (a: OpenAlarm, b: OpenAlarm): number =>
  compareSeverity(a.severity, b.severity) || b.raisedAt - a.raisedAt || (a.id < b.id ? -1 : 1);

/**
 * A flood as it can be read: alarms in groups, but life safety and what is graver than the rest by themselves, above.
 * Nothing is left out: each alarm is a single or part of exactly one group.
 */
export function fold(alarms: readonly OpenAlarm[], by: FoldKind): Folded {
  const alone = graverThanTheRest(alarms);
  const singles = alarms.filter(({ severity }) => isLifeSafety(severity) || alone.has(severity)).toSorted(byGravity);
  const rest = alarms.filter(({ severity }) => !isLifeSafety(severity) && !alone.has(severity));
  const groups = [...Map.groupBy(rest, (alarm) => keyOf(alarm, by))].map(([key, members]) => ({
    key,
    count: members.length,
    unacknowledged: members.filter(({ unacknowledged }) => unacknowledged).length,
    firstAt: members.reduce((least, { raisedAt }) => Math.min(least, raisedAt), Infinity),
    lastAt: members.reduce((most, { raisedAt }) => Math.max(most, raisedAt), -Infinity),
    worst: members.reduce((worst, one) => (byGravity(one, worst) < 0 ? one : worst)),
  }));
  return { singles, groups: groups.toSorted((a, b) => byGravity(a.worst, b.worst)) };
}

/** Of no incident: gathered by building, so that the group can be listed. */
function keyOf({ incidentId, buildingId, ruleId }: OpenAlarm, by: FoldKind): string {
  if (by === 'rule') return `rule:${ruleId}`;
  if (by === 'incident' && incidentId) return `incident:${incidentId}`;
  return by === 'incident' ? `none:${buildingId}` : `building:${buildingId}`;
}

/** The gravest severities that are present, as long as their alarms are few and something less grave is left. */
function graverThanTheRest(alarms: readonly OpenAlarm[]): ReadonlySet<Severity> {
  const alone = new Set<Severity>();
  const present = severities.filter((severity) => alarms.some((alarm) => alarm.severity === severity));
  let shown = 0;
  for (const severity of present.slice(0, -1)) {
    if (isLifeSafety(severity)) continue;
    shown += alarms.filter((alarm) => alarm.severity === severity).length;
    if (shown > mostGraver) break;
    alone.add(severity);
  }
  return alone;
}
